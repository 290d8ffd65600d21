import "server-only";
import { type FileHandle, mkdir, open, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

const suffix = ".log";

/** A journal file being written. */
export interface Segment {
  path: string;
  size: number;
  handle: FileHandle;
  /** Its name in the folder is durable. */
  isNamed: boolean;
}

/** Makes a new, empty segment; names sort by time, and no two processes make the same one. */
export async function createSegment(dir: string, sequence: number): Promise<Segment> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const time = Date.now().toString(36).padStart(9, "0");
  const path = join(dir, `${time}-${String(sequence).padStart(6, "0")}-${process.pid}${suffix}`);
  return { path, size: 0, handle: await open(path, "ax", 0o600), isNamed: false };
}

/** The segments that are in the folder, oldest first. */
export async function listSegments(dir: string): Promise<string[]> {
  try {
    const names = await readdir(dir);
    return names
      .filter((name) => name.endsWith(suffix))
      .sort()
      .map((name) => join(dir, name));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** Makes what was written durable and, the first time, the file's name: its own sync does not. */
export async function syncSegment(segment: Segment): Promise<void> {
  await segment.handle.datasync();
  // Windows has no handle on a folder, and makes names durable with the file.
  if (segment.isNamed || process.platform === "win32") return;
  const folder = await open(dirname(segment.path), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
  segment.isNamed = true;
}
