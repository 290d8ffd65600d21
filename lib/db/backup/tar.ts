import "server-only";

const BLOCK = 512;

export interface TarEntry {
  path: string;
  size: number;
}

/** One file's ustar header. */
export function tarHeader({ path, size }: TarEntry): Buffer {
  const header = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(path) > 100) throw new Error(`The path ${path} is too long for the archive.`);
  header.write(path, 0);
  header.write("0000600\0", 100);
  header.write("0000000\0", 108);
  header.write("0000000\0", 116);
  header.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  header.write("00000000000\0", 136);
  header.write("        ", 148);
  header.write("0", 156);
  header.write("ustar\0" + "00", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

/** Zeros that fill a file's last block. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

/** The two empty blocks that end an archive. */
export const tarEnd = Buffer.alloc(2 * BLOCK);

function readHeader(block: Buffer): TarEntry | null {
  if (block.every((byte) => byte === 0)) return null;
  const sum = Number.parseInt(block.toString("latin1", 148, 156), 8);
  const blanked = Buffer.from(block).fill(0x20, 148, 156);
  if (sum !== blanked.reduce((total, byte) => total + byte, 0))
    throw new Error("A header's checksum is wrong.");
  if (block.toString("latin1", 156, 157) !== "0") throw new Error("Something other than a file is inside.");
  const text = (from: number, to: number) => block.toString("utf8", from, to).replace(/\0.*$/s, "");
  return { path: text(0, 100), size: Number.parseInt(text(124, 136), 8) };
}

/** Collects exact numbers of bytes from a stream of chunks. */
class ByteSource {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** Up to `most` bytes, at least one. */
  async some(most: number): Promise<Buffer> {
    if (this.#rest.length === 0) {
      const next = await this.#chunks.next();
      if (next.done) throw new Error("It ends too early.");
      this.#rest = Buffer.from(next.value);
    }
    const taken = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(taken.length);
    return taken;
  }

  async exactly(bytes: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let missing = bytes; missing > 0; ) {
      const part = await this.some(missing);
      parts.push(part);
      missing -= part.length;
    }
    return Buffer.concat(parts);
  }

  async *upTo(bytes: number): AsyncGenerator<Buffer> {
    for (let missing = bytes; missing > 0; ) {
      const part = await this.some(missing);
      missing -= part.length;
      yield part;
    }
  }
}

/** The files of an archive, in order. Each entry's content must be read to its end before the next is asked for. */
export async function* readTar(
  stream: AsyncIterable<Buffer>,
): AsyncGenerator<TarEntry & { content: AsyncGenerator<Buffer> }> {
  const source = new ByteSource(stream);
  for (;;) {
    const entry = readHeader(await source.exactly(BLOCK));
    if (!entry) return;
    yield { ...entry, content: source.upTo(entry.size) };
    await source.exactly((BLOCK - (entry.size % BLOCK)) % BLOCK);
  }
}
