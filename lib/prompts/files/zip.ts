import { crc32, deflateRawSync } from "node:zlib";
import type { PromptFile } from "../file-schema";

/** The earliest day an archive can name: files have no time of their own, and the same prompts give the same bytes. */
const firstDay = 0x0021;
const utf8Names = 0x0800;
const deflated = 8;

/** What both records of a file have in common, from the version needed to the length of the name. */
function facts(name: Buffer, data: Buffer, packed: Buffer): Buffer {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(utf8Names, 2);
  head.writeUInt16LE(deflated, 4);
  head.writeUInt16LE(firstDay, 8);
  head.writeUInt32LE(crc32(data), 10);
  head.writeUInt32LE(packed.length, 14);
  head.writeUInt32LE(data.length, 18);
  head.writeUInt16LE(name.length, 22);
  return head;
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** An archive of text files (APPNOTE.TXT 6.3.10); up to 65,535 files and 4 GB. */
export function zipOf(files: readonly PromptFile[]): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { path, text } of files) {
    const name = Buffer.from(path);
    const data = Buffer.from(text);
    const packed = deflateRawSync(data);
    const head = facts(name, data, packed);
    const local = [word(0x04034b50), head, name, packed];
    const attributes = Buffer.alloc(14);
    attributes.writeUInt32LE(at, 10);
    directory.push(word(0x02014b50), Buffer.from([20, 0]), head, attributes, name);
    for (const part of local) at += part.length;
    parts.push(...local);
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(at, 12);
  return new Uint8Array(Buffer.concat([...parts, ...directory, word(0x06054b50), end]));
}
