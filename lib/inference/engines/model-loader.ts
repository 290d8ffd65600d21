import { AppError } from "@/lib/core";
import type { ChatModel } from "../core/chat-model";
import type { Decoder } from "../core/decoder";
import { type Device, type OpenGraph, openGraph } from "../core/device";
import { readGraphLayout } from "../core/graph-layout";
import { readModelConfig } from "../core/model-config";
import { type OnnxFile, readOnnxFile } from "../core/onnx-file";
import { openDecoder } from "../core/open-decoder";
import type { Ort } from "../core/ort";
import { SingleDecoder } from "../core/single-decoder";
import { Tokenizer } from "../core/tokenizer";
import type { ModelSource } from "./protocol";

/** What loading a model needs from where it runs. */
export interface ModelPlatform {
  ort: Ort;
  /** Best first. */
  candidates: readonly Device[];
  /** Always there, and right by definition. */
  reference: Device;
  /** The reference writes outputs into memory that it is given. */
  writesInPlace: boolean;
  /** Bytes that prompts of a model may keep for later ones that begin alike. */
  prefixBytes: number;
  /** Reads a file of the manifest whole and verifies it. @throws AppError `unprocessable` naming file and sha256. */
  readFile(source: ModelSource, path: string, onBytes: (count: number) => void): Promise<Uint8Array>;
}

const optional = "generation_config.json";
const texts = ["config.json", optional, "tokenizer.json", "tokenizer_config.json"];

/** Reads, verifies and opens a chat model. Only files that its manifest names are ever read. */
export async function loadChatModel(
  platform: ModelPlatform,
  source: ModelSource,
  onProgress: (share: number) => void,
): Promise<ChatModel> {
  const { name } = source.manifest;
  if (source.manifest.task !== "chat")
    throw new AppError("invalid", `${name} is no chat model.`, { param: "model" });
  const graphFile = graphFileOf(source);
  const beside = dataFilesOf(source, graphFile);
  const contents = await readFiles(platform, source, [...texts, graphFile, ...beside], onProgress);
  const json = (path: string) => jsonOf(name, path, contents.get(path));
  const tokenizer = new Tokenizer(name, json("tokenizer.json"), json("tokenizer_config.json"));
  const generation = contents.has(optional) ? json(optional) : undefined;
  const config = readModelConfig(source.manifest, json("config.json"), generation, tokenizer.endToken);
  const bytes = contents.get(graphFile) ?? new Uint8Array(0);
  const file = readOnnxFile(bytes, `${name}: ${graphFile}`);
  const layout = readGraphLayout(file, config, name);
  const externalData = externalOf(name, graphFile, file, contents);
  const { ort, candidates, reference } = platform;
  const opened = await openGraph({
    ort,
    model: name,
    config,
    layout,
    bytes,
    externalData,
    candidates,
    reference,
  });
  const { device, fallback } = opened;
  const decoder = await decoderOn(platform, opened, file.weightBytes);
  return {
    name,
    config,
    tokenizer,
    decoder,
    device,
    fallback,
    memoryBytes: file.weightBytes,
    release: () => decoder.release(),
  };
}

async function decoderOn(
  { reference, writesInPlace, prefixBytes }: ModelPlatform,
  { graph, device }: OpenGraph,
  weightBytes: number,
): Promise<Decoder> {
  if (device !== reference.label) return new SingleDecoder(graph, `its cache stays on ${device}`);
  return openDecoder(graph, { weightBytes, writesInPlace, prefixBytes });
}

async function readFiles(
  platform: ModelPlatform,
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
    const bytes = await platform.readFile(source, path, (count) => {
      read += count;
      if (read - told < total / 100) return;
      told = read;
      onProgress(read / total);
    });
    contents.set(path, bytes);
  }
  return contents;
}

/** The one that the manifest names, else fp32 where there is a choice. @throws AppError `unprocessable` */
function graphFileOf({ manifest }: ModelSource): string {
  const graphs = manifest.files.map((file) => file.path).filter((path) => path.endsWith(".onnx"));
  const wanted = manifest.graph ?? "onnx/model.onnx";
  const chosen = graphs.find((path) => path === wanted) ?? graphs[0];
  if (chosen === undefined)
    throw new AppError("unprocessable", `${manifest.name} has no ONNX graph among its files.`);
  return chosen;
}

/** Files that by their names hold weights of this graph. */
function dataFilesOf({ manifest }: ModelSource, graphFile: string): string[] {
  return manifest.files.map(({ path }) => path).filter((path) => path.startsWith(`${graphFile}_data`));
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
