import { AppError } from "@/lib/core";
import type { GraphFiles } from "../core/graph-files";
import { type OnnxFile, readOnnxFile } from "../core/onnx-file";
import { graphFileOf, weightFilesOf } from "../model-weights";
import type { ModelSource } from "./protocol";

/** Reads a file of the manifest whole and verifies it. @throws AppError `unprocessable` naming file and sha256. */
export type ReadFile = (
  source: ModelSource,
  path: string,
  onBytes: (count: number) => void,
) => Promise<Uint8Array>;

/** How a model's files are reached. */
export interface FileAccess {
  readFile: ReadFile;
  /** The folder of a file, if the runtime may map what lies there. */
  mappedFolder?(source: ModelSource, path: string): Promise<string | undefined>;
}

/** A model's files in memory, read and verified. Only files that its manifest names are ever read. */
export interface ModelFiles {
  graph: GraphFiles;
  /** What the graph's file says of itself. */
  file: OnnxFile;
  /** Nothing where it is absent. */
  text(path: string): string | undefined;
  /** @throws AppError `unprocessable` when it is absent or not JSON */
  json(path: string): Record<string, unknown>;
}

/** Reads the graph of a model, the weights beside it, and those of `texts` that it has. @throws AppError `unprocessable` */
export async function readModel(
  { readFile, mappedFolder }: FileAccess,
  source: ModelSource,
  texts: readonly string[],
  onProgress: (share: number) => void,
): Promise<ModelFiles> {
  const { name } = source.manifest;
  const graphFile = graphFileOf(source.manifest);
  const weights = weightFilesOf(source.manifest).map(({ path }) => path);
  const contents = await readFiles(readFile, source, [...texts, ...weights], onProgress);
  const bytes = contents.get(graphFile) ?? new Uint8Array(0);
  const file = readOnnxFile(bytes, `${name}: ${graphFile}`);
  return {
    graph: {
      name: graphFile.slice(graphFile.lastIndexOf("/") + 1),
      bytes,
      beside: externalOf(name, graphFile, file, contents),
      folder: await mappedFolder?.(source, graphFile),
    },
    file,
    text: (path) => {
      const bytes = contents.get(path);
      return bytes && new TextDecoder().decode(bytes);
    },
    json: (path) => jsonOf(name, path, contents.get(path)),
  };
}

async function readFiles(
  readFile: ReadFile,
  source: ModelSource,
  paths: string[],
  onProgress: (share: number) => void,
): Promise<Map<string, Uint8Array>> {
  const wanted = source.manifest.files.filter((file) => paths.includes(file.path));
  const total = wanted.reduce((sum, file) => sum + file.size, 0);
  const contents = new Map<string, Uint8Array>();
  let read = 0;
  let told = 0;
  for (const { path } of wanted) {
    const bytes = await readFile(source, path, (count) => {
      read += count;
      if (read - told < total / 100) return;
      told = read;
      onProgress(read / total);
    });
    contents.set(path, bytes);
  }
  return contents;
}

/** The weights beside the graph, as the runtime takes them. @throws AppError `unprocessable` naming the file that is missing or cut */
function externalOf(
  model: string,
  graphFile: string,
  { external }: OnnxFile,
  contents: ReadonlyMap<string, Uint8Array>,
): { path: string; data: Uint8Array }[] {
  const folder = graphFile.slice(0, graphFile.lastIndexOf("/") + 1);
  return [...external].map(([path, bytes]) => {
    const data = contents.get(folder + path);
    if (data && data.length >= bytes) return { path, data };
    throw new AppError(
      "unprocessable",
      data
        ? `${model}: ${folder}${path} has ${data.length} bytes, ${graphFile} refers to ${bytes}.`
        : `${model}: ${graphFile} keeps weights in ${folder}${path}, which is not among its files.`,
    );
  });
}

function jsonOf(model: string, path: string, bytes: Uint8Array | undefined): Record<string, unknown> {
  if (!bytes) throw new AppError("unprocessable", `${model} has no ${path} among its files.`);
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  } catch (cause) {
    throw new AppError("unprocessable", `${model}: ${path} is not JSON.`, { cause });
  }
}
