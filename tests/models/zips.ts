import { crc32, deflateRawSync } from "node:zlib";

export interface ZipFile {
  path: string;
  data: Buffer;
  /** What the directory says in place of the truth. */
  says?: Partial<{
    path: string;
    size: number;
    packed: number;
    crc: number;
    method: number;
    flags: number;
    at: number;
  }>;
  /** Type and rights as Unix has them. */
  mode?: number;
  stored?: boolean;
}

const half = (value: number) => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value & 0xffff);
  return bytes;
};
const word = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};

const full = 0xffffffff;

const long = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};

/** The end record, and before it the one for more than 4 GiB with its locator. */
function endOf(form: "usual" | "large", files: number, size: number, at: number): Buffer {
  const rest =
    form === "large"
      ? [half(full), half(full), word(full), word(full)]
      : [half(files), half(files), word(size), word(at)];
  const end = Buffer.concat([word(0x06054b50), half(0), half(0), ...rest, half(0)]);
  if (form === "usual") return end;
  const counts = [long(files), long(files), long(size), long(at)];
  const record = [word(0x06064b50), long(44), half(45), half(45), word(0), word(0), ...counts];
  return Buffer.concat([...record, word(0x07064b50), word(0), long(at + size), word(1), end]);
}

/** A zip archive, with whatever lies it is asked to tell; "large" as writers do for more than 4 GiB. */
export function zipOf(files: readonly ZipFile[], form: "usual" | "large" = "usual"): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { path, data, says = {}, mode = 0o100644, stored = false } of files) {
    const packed = stored ? data : deflateRawSync(data);
    const method = stored ? 0 : 8;
    const name = Buffer.from(path);
    const listed = Buffer.from(says.path ?? path);
    const sizes = [word(crc32(data)), word(packed.length), word(data.length)];
    const head = [half(20), half(0x800), half(method), word(0), ...sizes, half(name.length), half(0), name];
    const extra =
      form === "large"
        ? Buffer.concat([half(1), half(24), long(data.length), long(packed.length), long(at)])
        : Buffer.alloc(0);
    const local = Buffer.concat([word(0x04034b50), ...head, packed]);
    directory.push(
      Buffer.concat([
        word(0x02014b50),
        half(0x031e),
        half(20),
        half(says.flags ?? 0x800),
        half(says.method ?? method),
        word(0),
        word(says.crc ?? crc32(data)),
        word(form === "large" ? full : (says.packed ?? packed.length)),
        word(form === "large" ? full : (says.size ?? data.length)),
        half(listed.length),
        half(extra.length),
        half(0),
        half(0),
        half(0),
        word(mode << 16),
        word(form === "large" ? full : (says.at ?? at)),
        listed,
        extra,
      ]),
    );
    parts.push(local);
    at += local.length;
  }
  const listing = Buffer.concat(directory);
  return Buffer.concat([...parts, listing, endOf(form, files.length, listing.length, at)]);
}
