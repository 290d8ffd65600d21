import "server-only";
import { createHash } from "node:crypto";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { AppError } from "@/lib/core";
import type { ModelSource } from "./protocol";

const chunkSize = 1 << 20;

/**
 * Reads a file of a model's folder and verifies it against the manifest. What is returned is what was hashed,
 * so a file changed in between cannot slip in.
 * @throws AppError `unprocessable` naming the file and the expected sha256.
 */
export async function readModelFile(
  source: ModelSource,
  path: string,
  onBytes: (count: number) => void,
): Promise<Uint8Array> {
  const { manifest, base } = source;
  const entry = manifest.files.find((file) => file.path === path);
  if (!entry) throw new AppError("unprocessable", `${manifest.name} has no ${path} among its files.`);
  const broken = (why: string, cause?: unknown) =>
    new AppError(
      "unprocessable",
      `${manifest.name}: ${path} ${why}; expected ${entry.size} bytes with sha256 ${entry.sha256}.`,
      {
        cause,
      },
    );
  const file = await openModelFile(base, path).catch((cause: unknown) => {
    throw broken("cannot be read", cause);
  });
  try {
    const { size } = await file.stat();
    if (size !== entry.size) throw broken(`has ${size} bytes`);
    const bytes = new Uint8Array(size);
    const hash = createHash("sha256");
    for (let at = 0; at < size; ) {
      const { bytesRead } = await file.read(bytes, at, Math.min(chunkSize, size - at), at);
      if (bytesRead === 0) throw broken("ended early");
      hash.update(bytes.subarray(at, at + bytesRead));
      at += bytesRead;
      onBytes(bytesRead);
    }
    const sha256 = hash.digest("hex");
    if (sha256 !== entry.sha256) throw broken(`has sha256 ${sha256}`);
    return bytes;
  } finally {
    await file.close();
  }
}

/**
 * The folder of a file of a model, for the runtime to map what lies there into memory; the files in it are read
 * and verified before. Not on Windows, where a file that is mapped can neither be deleted nor replaced.
 */
export async function mappedFolder({ base }: ModelSource, path: string): Promise<string | undefined> {
  if (process.platform === "win32") return undefined;
  const target = await realpath(join(base, path));
  return basename(target) === basename(path) ? dirname(target) : undefined;
}

/**
 * Opens a file of a model's folder for reading. A link inside the folder may point anywhere: only its target counts.
 * @throws when it is absent or outside
 */
export async function openModelFile(base: string, path: string): Promise<FileHandle> {
  const root = await realpath(base);
  const target = await realpath(join(root, path));
  if (!target.startsWith(root + sep)) throw new Error(`${path} leads out of the model's folder.`);
  return open(target, "r");
}
