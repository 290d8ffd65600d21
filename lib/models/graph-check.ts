import "server-only";
import { readFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { AppError, byteCount } from "@/lib/core";
import { readOnnxFile } from "@/lib/inference/server";

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
  const { external } = readOnnxFile(await readFile(join(folder, graph)), graph);
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
