import "server-only";
import { readdir, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError } from "@/lib/core";
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

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(2)} GB`;

/** What is asked before anything is fetched. @throws AppError `disk_full` in figures. */
export async function requireRoomFor(
  folder: string,
  bytes: number,
  freeBytes: (folder: string) => Promise<number> = freeBytesOf,
): Promise<void> {
  const free = await freeBytes(folder);
  if (free - bytes >= reserveBytes) return;
  throw new AppError(
    "disk_full",
    `This needs ${gigabytes(bytes)}, and ${gigabytes(Math.max(0, free - reserveBytes))} can be used in ${folder}. Nothing was fetched.`,
  );
}
