import "server-only";
import { crc32 } from "node:zlib";

/** One record: checksum and length of the JSON in front of it, so that a torn or damaged line is known as such. */
export function encodeRecord(value: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(value));
  const head = `${crc32(json).toString(16).padStart(8, "0")} ${json.length.toString(16)} `;
  return Buffer.concat([Buffer.from(head, "latin1"), json, newline]);
}

const newline = Buffer.from("\n");
const head = /^([0-9a-f]{8}) ([0-9a-f]{1,8}) $/;

function decodeLine(line: Buffer): unknown {
  const start = line.indexOf(" ", 9) + 1;
  const match = head.exec(line.subarray(0, start).toString("latin1"));
  const json = line.subarray(start);
  if (!match?.[1] || !match[2]) return undefined;
  if (Number.parseInt(match[2], 16) !== json.length || Number.parseInt(match[1], 16) !== crc32(json))
    return undefined;
  return JSON.parse(json.toString("utf8"));
}

/**
 * The whole records of a segment, and how many lines were not whole. A crash tears the last line only; a
 * write cut short by a full disk may leave one in the middle, and what follows it is still good.
 */
export function decodeSegment(bytes: Buffer): { records: unknown[]; damaged: number } {
  const records: unknown[] = [];
  let damaged = 0;
  let from = 0;
  while (from < bytes.length) {
    const at = bytes.indexOf(10, from);
    const end = at === -1 ? bytes.length : at;
    const record = at === -1 ? undefined : decodeLine(bytes.subarray(from, end));
    if (record !== undefined) records.push(record);
    else if (end > from) damaged += 1;
    from = end + 1;
  }
  return { records, damaged };
}
