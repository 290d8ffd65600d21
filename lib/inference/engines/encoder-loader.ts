import { AppError } from "@/lib/core";
import type { Device } from "../core/best-device";
import type { EmbeddingModel } from "../core/embedding-model";
import { readEncoderConfig } from "../core/encoder-config";
import { readEncoderLayout } from "../core/encoder-layout";
import { asItIs } from "../core/graph-files";
import { openEncoder } from "../core/open-encoder";
import type { Ort } from "../core/ort";
import { Tokenizer } from "../core/tokenizer";
import { type FileAccess, readModel } from "./model-files";
import type { ModelSource } from "./protocol";

/** What loading an encoder needs from where it runs. */
export interface EncoderPlatform extends FileAccess {
  ort: Ort;
  /** Best first. */
  candidates: readonly Device<unknown>[];
  /** Always there, and right by definition. */
  reference: Device<unknown>;
  /** That the reference computes with. */
  threads: number;
}

const poolingFile = "1_Pooling/config.json";
const modulesFile = "modules.json";
const texts = ["config.json", "tokenizer.json", "tokenizer_config.json", poolingFile, modulesFile];

/** Reads, verifies and opens an encoder. @throws AppError `unprocessable` with what is wrong with it */
export async function loadEncoder(
  platform: EncoderPlatform,
  source: ModelSource,
  onProgress: (share: number) => void,
): Promise<EmbeddingModel> {
  const { name, task } = source.manifest;
  if (task !== "embedding")
    throw new AppError("invalid", `${name} is no embedding model.`, { param: "model" });
  const has = (path: string) => source.manifest.files.some((file) => file.path === path);
  const { graph, file, json } = await readModel(platform, source, texts, onProgress);
  const tokenizerConfig = json("tokenizer_config.json");
  const tokenizer = new Tokenizer(name, json("tokenizer.json"), tokenizerConfig);
  const files = {
    config: json("config.json"),
    tokenizer: tokenizerConfig,
    pooling: has(poolingFile) ? json(poolingFile) : undefined,
  };
  const config = readEncoderConfig(source.manifest, files, tokenizer.padToken);
  const layout = readEncoderLayout(file, name);
  if (has(modulesFile) && !layout.pooled) requirePlainModules(name, json(modulesFile));
  const { ort, candidates, reference, threads } = platform;
  const opened = await openEncoder({
    ort,
    model: name,
    config,
    layout,
    ...asItIs(graph),
    candidates,
    reference,
    threads,
  });
  return {
    name,
    tokenizer,
    ...opened,
    memoryBytes: file.weightBytes,
    release: () => opened.graph.release(),
  };
}

/** What sentence-transformers would do behind pooling must be in the graph. */
function requirePlainModules(model: string, modules: unknown): void {
  const kinds = Array.isArray(modules) ? modules.map(({ type }) => String(type).split(".").at(-1)) : [];
  const other = kinds.find((kind) => !["Transformer", "Pooling", "Normalize"].includes(kind ?? ""));
  if (other === undefined) return;
  throw new AppError(
    "unprocessable",
    `${model}: modules.json wants ${other}, which its graph does not hold and we do not have.`,
  );
}
