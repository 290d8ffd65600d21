import "server-only";
import { open } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { AppError, byteCount } from "@/lib/core";
import { readOnnxFile } from "@/lib/inference/server";
import { FileBytes } from "./file-bytes";

/** Protocol buffers hold no more. */
const mostGraphBytes = 2 ** 31;

/**
 * Reads what a graph says of itself before any engine opens it: its tensors lie in its own bytes or in a file beside
 * it, and have them. @throws AppError `unprocessable`
 */
export async function requireSoundGraph(
  folder: string,
  graph: string,
  files: readonly { path: string; size: number }[],
): Promise<void> {
  const size = files.find(({ path }) => path === graph)?.size ?? 0;
  if (size >= mostGraphBytes) {
    throw new AppError("unprocessable", `${graph} has ${byteCount(size)}: no ONNX file has as many.`);
  }
  const external = await externalOf(join(folder, graph), graph);
  for (const [location, needed] of external) {
    const path = posix.join(dirname(graph), location);
    const there = files.find((file) => file.path === path)?.size;
    if (there === undefined) {
      throw new AppError("unprocessable", `${graph} keeps weights in ${path}, which is not among its files.`);
    }
    if (there < needed) {
      throw new AppError("unprocessable", `${graph} wants ${needed} bytes of ${path}, which has ${there}.`);
    }
  }
}

/** Files with weights beside a graph. The weights inside are skipped over: memory stays flat however large it is. */
async function externalOf(path: string, graph: string): Promise<ReadonlyMap<string, number>> {
  const handle = await open(path);
  try {
    return readOnnxFile(new FileBytes(handle.fd, (await handle.stat()).size), graph).external;
  } finally {
    await handle.close();
  }
}
