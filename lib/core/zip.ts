import { AppError } from "./errors";

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const mostEntries = 10_000;

/** One file of an archive, still packed. */
export interface ZipEntry {
  path: string;
  method: number;
  size: number;
  /** Where its own head begins. */
  at: number;
}

const utf8 = new TextDecoder();

const refusal = (name: string, why: string, cause?: unknown) =>
  new AppError("unprocessable", `${name} ${why}`, { cause });

/** A place outside the file is damage; everything else passes on. */
function reading<R>(name: string, read: () => R): R {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw refusal(name, "is a damaged archive.", error);
    throw error;
  }
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** What a zip archive holds, at most 10,000 entries. @throws AppError `unprocessable`, naming the archive, for a damaged one */
export function zipEntries(bytes: Uint8Array, name: string): ZipEntry[] {
  return reading(name, () => {
    const view = viewOf(bytes);
    // The end record is 22 bytes and a comment of at most 64 KiB.
    let end = view.byteLength - 22;
    const earliest = Math.max(0, end - 0xffff);
    while (end >= earliest && view.getUint32(end, true) !== endMark) end--;
    if (end < earliest || end < 0) throw refusal(name, "is a damaged archive: its end is missing.");
    const count = Math.min(view.getUint16(end + 10, true), mostEntries);
    let at = view.getUint32(end + 16, true);
    const entries: ZipEntry[] = [];
    for (let entry = 0; entry < count && view.getUint32(at, true) === entryMark; entry++) {
      const nameLength = view.getUint16(at + 28, true);
      entries.push({
        path: utf8.decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength)),
        method: view.getUint16(at + 10, true),
        size: view.getUint32(at + 20, true),
        at: view.getUint32(at + 42, true),
      });
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    return entries;
  });
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
 * One file of an archive; undefined where unpacking would give more than `most` bytes.
 * @throws AppError `unprocessable`, naming the archive, for a damaged one
 */
export async function unpackEntry(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  { method, size, at }: ZipEntry,
  most: number,
): Promise<Uint8Array | undefined> {
  const packed = reading(name, () => {
    const view = viewOf(bytes);
    if (view.getUint32(at, true) !== localMark) throw refusal(name, "is a damaged archive.");
    const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    return bytes.subarray(start, start + size);
  });
  if (method !== 0 && method !== 8) throw refusal(name, "is packed in a way that is not known here.");
  const stored = new Response(packed).body;
  if (!stored) throw refusal(name, "is a damaged archive.");
  const stream = method === 0 ? stored : stored.pipeThrough(new DecompressionStream("deflate-raw"));
  try {
    return await readAtMost(stream, most);
  } catch (error) {
    throw refusal(name, "is a damaged archive: it cannot be unpacked.", error);
  }
}
