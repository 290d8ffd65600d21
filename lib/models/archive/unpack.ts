import "server-only";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { isAppError } from "@/lib/core";
import { refuse, type ZipEntry } from "./zip-directory";

const readBytes = 1024 * 1024;

/**
 * Unpacks one file, never more of it than was announced, and gives its sha256.
 * @throws AppError `unprocessable` when its bytes are not the announced ones
 */
export async function unpack(
  archive: string,
  entry: ZipEntry,
  path: string,
  signal: AbortSignal,
): Promise<{ size: number; sha256: string }> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const out = await open(path, "wx", 0o600);
  try {
    const sha256 = await copy(unpacked(archive, entry, signal), entry, out);
    await out.sync();
    return { size: entry.size, sha256 };
  } catch (error) {
    if (isAppError(error) || signal.aborted) throw error;
    throw broken(entry, error);
  } finally {
    await out.close();
  }
}

function broken({ path }: ZipEntry, cause?: unknown) {
  return refuse(`${path} cannot be unpacked: the archive is damaged or was cut.`, cause);
}

function unpacked(archive: string, { from, to, isDeflated }: ZipEntry, signal: AbortSignal): Readable {
  if (to === from) return Readable.from([]);
  const packed = createReadStream(archive, { start: from, end: to - 1, highWaterMark: readBytes, signal });
  if (!isDeflated) return packed;
  const inflate = createInflateRaw({ chunkSize: readBytes });
  packed.on("error", (error) => inflate.destroy(error));
  inflate.on("close", () => packed.destroy());
  return packed.pipe(inflate);
}

async function copy(source: Readable, entry: ZipEntry, out: FileHandle): Promise<string> {
  const hash = createHash("sha256");
  let size = 0;
  let crc = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > entry.size) throw refuse(`${entry.path} unpacks to more than the archive announces.`);
    hash.update(chunk);
    crc = crc32(chunk, crc);
    await out.writeFile(chunk);
  }
  if (size !== entry.size || crc !== entry.crc) throw broken(entry);
  return hash.digest("hex");
}
