import "server-only";
import { readdir, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError, byteCount } from "@/lib/core";
import { diskFull } from "./fetch-file";
import { isAbsent } from "./partial";

/** Left free for the database, which stops taking changes when the disk is full. */
const reserveBytes = 256 * 1024 * 1024;

/** Bytes free on the disk of a folder that may not exist yet. */
export async function freeBytesOf(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if (!isAbsent(error) || dirname(folder) === folder) throw error;
    return freeBytesOf(dirname(folder));
  }
}

/** Bytes of all files under a folder; none when it does not exist. */
export async function bytesUnder(folder: string): Promise<number> {
  let total = 0;
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) total += await bytesUnder(path);
      else if (entry.isFile()) total += (await stat(path)).size;
    }
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
  return total;
}

/** @throws AppError `disk_full` when `bytes` more would leave too little. */
export async function requireRoom(
  folder: string,
  bytes: number,
  freeBytes: (folder: string) => Promise<number> = freeBytesOf,
): Promise<void> {
  if ((await freeBytes(folder)) - bytes < reserveBytes) throw diskFull(folder);
}

/**
 * Asked before anything is fetched.
 * @throws AppError `disk_full`, or `conflict` when the models would take more than an administrator allows.
 */
export async function requireSpace(
  modelsDir: string,
  bytes: number,
  quotaBytes: number | null | undefined,
): Promise<void> {
  const usable = Math.max(0, (await freeBytesOf(modelsDir)) - reserveBytes);
  if (bytes > usable) {
    throw new AppError(
      "disk_full",
      `This needs ${byteCount(bytes)}, and ${byteCount(usable)} can be used in ${modelsDir}. Nothing was fetched.`,
    );
  }
  if (quotaBytes === undefined || quotaBytes === null) return;
  const used = await bytesUnder(modelsDir);
  if (used + bytes <= quotaBytes) return;
  throw new AppError(
    "conflict",
    `Models may take ${byteCount(quotaBytes)} and take ${byteCount(used)}; this one has ${byteCount(bytes)}. Delete a model, or raise the limit in the hub's settings.`,
  );
}
