import { AppError } from "@/lib/core";
import type { ChatModel } from "../core/chat-model";
import { type Device, openGraph } from "../core/device";
import { readModelConfig } from "../core/model-config";
import type { Ort } from "../core/ort";
import { Tokenizer } from "../core/tokenizer";
import type { ModelSource } from "./protocol";

/** What loading a model needs from where it runs. */
export interface ModelPlatform {
  ort: Ort;
  /** Best first. */
  candidates: readonly Device[];
  /** Always there, and right by definition. */
  reference: Device;
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
  const contents = await readFiles(platform, source, [...texts, graphFile], onProgress);
  const json = (path: string) => jsonOf(name, path, contents.get(path));
  const tokenizer = new Tokenizer(name, json("tokenizer.json"), json("tokenizer_config.json"));
  const generation = contents.has(optional) ? json(optional) : undefined;
  const config = readModelConfig(source.manifest, json("config.json"), generation, tokenizer.endToken);
  const bytes = contents.get(graphFile) ?? new Uint8Array(0);
  const { ort, candidates, reference } = platform;
  const opened = await openGraph({ ort, model: name, config, bytes, candidates, reference });
  return { name, config, tokenizer, memoryBytes: bytes.length, ...opened };
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

/** fp32 where there is a choice. @throws AppError `unprocessable` */
function graphFileOf({ manifest }: ModelSource): string {
  const graphs = manifest.files.map((file) => file.path).filter((path) => path.endsWith(".onnx"));
  const chosen = graphs.find((path) => path === "onnx/model.onnx") ?? graphs[0];
  if (chosen === undefined)
    throw new AppError("unprocessable", `${manifest.name} has no ONNX graph among its files.`);
  return chosen;
}

function jsonOf(model: string, path: string, bytes: Uint8Array | undefined): Record<string, unknown> {
  if (!bytes) throw new AppError("unprocessable", `${model} has no ${path} among its files.`);
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  } catch (cause) {
    throw new AppError("unprocessable", `${model}: ${path} is not JSON.`, { cause });
  }
}
