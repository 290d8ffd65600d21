import { refusal, tooLarge } from "./refusal";

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const mostEntries = 10_000;

interface Entry {
  method: number;
  size: number;
  at: number;
}

const utf8 = new TextDecoder();

function findEntry(view: DataView, name: string, wanted: string): Entry | undefined {
  // The end record is 22 bytes and a comment of at most 64 KiB.
  let end = view.byteLength - 22;
  const earliest = Math.max(0, end - 0xffff);
  while (end >= earliest && view.getUint32(end, true) !== endMark) end--;
  if (end < earliest || end < 0) throw refusal(name, "is a damaged archive: its end is missing.");
  const count = Math.min(view.getUint16(end + 10, true), mostEntries);
  let at = view.getUint32(end + 16, true);
  for (let entry = 0; entry < count && view.getUint32(at, true) === entryMark; entry++) {
    const nameLength = view.getUint16(at + 28, true);
    const path = utf8.decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength));
    if (path === wanted)
      return {
        method: view.getUint16(at + 10, true),
        size: view.getUint32(at + 20, true),
        at: view.getUint32(at + 42, true),
      };
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return undefined;
}

/** Reads to the end, but never more than `most` bytes, whatever size the archive claims. */
async function readAtMost(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > most) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

/**
 * One file of a zip archive; undefined where it has no such file.
 * @throws AppError for a damaged archive, and when unpacking would give more than `most` bytes.
 */
export async function zipEntry(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  wanted: string,
  most: number,
): Promise<Uint8Array | undefined> {
  let packed: Uint8Array<ArrayBuffer>;
  let method: number;
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const entry = findEntry(view, name, wanted);
    if (!entry) return undefined;
    method = entry.method;
    if (view.getUint32(entry.at, true) !== localMark) throw refusal(name, "is a damaged archive.");
    const start = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
    packed = bytes.subarray(start, start + entry.size);
  } catch (error) {
    // A place outside the file.
    if (error instanceof RangeError) throw refusal(name, "is a damaged archive.", error);
    throw error;
  }
  if (method !== 0 && method !== 8) throw refusal(name, "is packed in a way that is not known here.");
  const stored = new Response(packed).body;
  if (!stored) throw refusal(name, "is a damaged archive.");
  const stream = method === 0 ? stored : stored.pipeThrough(new DecompressionStream("deflate-raw"));
  let unpacked: Uint8Array | undefined;
  try {
    unpacked = await readAtMost(stream, most);
  } catch (error) {
    throw refusal(name, "is a damaged archive: it cannot be unpacked.", error);
  }
  if (!unpacked) throw tooLarge(`${name}, unpacked,`, `${most / 1_000_000} MB`);
  return unpacked;
}
