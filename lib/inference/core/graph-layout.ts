import { AppError } from "@/lib/core";
import type { ModelConfig } from "./model-config";
import type { OnnxFile } from "./onnx-file";

/** Types that a cache or logits may have. */
export type FloatType = "float32" | "float16";

/**
 * What a run makes of the cache.
 *
 * `appended`: outputs are the past with new keys behind the last slot; the mask says which slots count.
 * `grouped`: fused attention (GroupQueryAttention); the sum of a row's mask is its length, its keys lie from slot 0
 * on and new ones directly behind.
 * `fresh`: outputs are new keys only; the mask is that of `appended`. Files do not come so: see rewrite/.
 */
export type CacheForm = "appended" | "grouped" | "fresh";

/** How a decoder's graph is fed. */
export interface GraphLayout {
  /** Inputs beside the cache that the graph declares. */
  declared: ReadonlySet<string>;
  /** Names of the cache as it goes in and as it comes out: key and value of each layer. */
  cache: readonly { past: string; present: string; heads: number; headSize: number }[];
  cacheType: FloatType;
  logitsType: FloatType;
  cacheForm: CacheForm;
  /** Tokens back that attention sees; 0 is all. */
  window: number;
}

const pastName = /^past_key_values\.(\d+)\.(key|value)$/;
const known = ["input_ids", "attention_mask", "position_ids", "num_logits_to_keep"];

/**
 * Reads how a graph of Optimum's layout is fed, before it is loaded.
 * @throws AppError `unprocessable` naming what the graph asks for and we do not feed
 */
export function readGraphLayout(file: OnnxFile, config: ModelConfig, model: string): GraphLayout {
  const unusable = (why: string) =>
    new AppError("unprocessable", `The graph of ${model} cannot be run: ${why}.`);
  const names = file.inputs.map(({ name }) => name);
  const others = names.filter((name) => !pastName.test(name));
  const unknown = others.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw unusable(`it asks for ${unknown.join(", ")}`);
  if (!names.includes("input_ids")) throw unusable("it has no input_ids");
  const past = file.inputs.filter(({ name }) => pastName.test(name));
  if (past.length !== config.layers * 2)
    throw unusable(`it keeps ${past.length} cache tensors, config.json says ${config.layers * 2}`);
  const outputs = new Map(file.outputs.map((output) => [output.name, output]));
  const cache = past.map(({ name, shape }) => ({
    past: name,
    present: name.replace("past_key_values", "present"),
    heads: fixed(shape[1], config.cacheHeads),
    headSize: fixed(shape[3], config.headSize),
  }));
  const missing = ["logits", ...cache.map(({ present }) => present)].filter((name) => !outputs.has(name));
  if (missing.length > 0) throw unusable(`it does not give ${missing.join(", ")}`);
  const cacheType = floatType(past[0]?.type);
  if (!cacheType || past.some(({ type }) => type !== cacheType))
    throw unusable(`its cache is ${past.find(({ type }) => type !== cacheType)?.type ?? past[0]?.type}`);
  const logits = outputs.get("logits");
  const logitsType = floatType(logits?.type);
  if (!logitsType) throw unusable(`its logits are ${logits?.type}`);
  const width = logits?.shape[2];
  if (typeof width === "number" && width > 0 && width !== config.vocabulary)
    throw unusable(`it gives ${width} logits, config.json says ${config.vocabulary}`);
  const cacheForm = file.operators.has("com.microsoft.GroupQueryAttention") ? "grouped" : "appended";
  const window = file.window || config.window;
  return { declared: new Set(others), cache, cacheType, logitsType, cacheForm, window };
}

/** Bytes of the cache that one token takes, over all layers. */
export function bytesPerToken({ cache, cacheType }: GraphLayout): number {
  const width = cacheType === "float32" ? 4 : 2;
  return cache.reduce((sum, { heads, headSize }) => sum + heads * headSize * width, 0);
}

function fixed(dimension: number | string | undefined, other: number): number {
  return typeof dimension === "number" && dimension > 0 ? dimension : other;
}

function floatType(type: string | undefined): FloatType | undefined {
  return type === "float32" || type === "float16" ? type : undefined;
}
