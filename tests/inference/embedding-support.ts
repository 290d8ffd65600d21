import { mkdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as onnxruntime from "onnxruntime-node";
import { afterAll } from "vitest";
import { AppError } from "@/lib/core";
import type { EmbeddingEngine } from "@/lib/inference";
import type { Ort } from "@/lib/inference/core/ort";
import { seededRandom } from "@/lib/inference/core/random";
import { createEmbeddingEngine } from "@/lib/inference/engines/embedding";
import type { EmbeddingHost } from "@/lib/inference/engines/embedding-host";
import type { ModelSource } from "@/lib/inference/engines/protocol";
import { exporter, writeManifest } from "./support";

export const ort = onnxruntime as unknown as Ort;

const words = 200;
const specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
const vocabulary = [...specials, ...Array.from({ length: words }, (_, i) => `w${i}`)];

const shape = {
  heads: 4,
  headDim: 8,
  hidden: 32,
  intermediate: 64,
  layers: 2,
  positions: 512,
  vocabulary: vocabulary.length,
  epsilon: 1e-12,
};
export const width = shape.hidden;

/** A graph before it is written: see models/export/onnx-graph.mjs. */
interface Writer {
  add(op: string, inputs: string[], options?: object): string;
  list(...values: number[]): string;
  index(value: number): string;
  input(name: string, type: number, shape: (string | number)[]): string;
  output(name: string, type: number, shape: (string | number)[]): void;
  serialize(name: string): Uint8Array;
}

export interface EncoderOptions {
  form?: "float32" | "int8";
  tokenTypes?: boolean;
  output?: string;
  type?: "float32" | "float16";
  context?: number;
  /** Sizes other than those of the tiny encoder. */
  shape?: Partial<typeof shape>;
  /** Changes the graph before it is written. */
  change?(graph: Writer): void;
  /** Further files, or others in the place of its own. */
  files?: Record<string, unknown>;
}

/** The bytes of an encoder of random weights. */
export async function encoderGraph(options: EncoderOptions = {}): Promise<Uint8Array> {
  const { buildBert, bertShapes } = await exporter("bert-graph.mjs");
  const forms = await exporter("matrix-forms.mjs");
  const sizes = { ...shape, ...options.shape };
  const random = seededRandom(11);
  const weights: Record<string, { shape: number[]; data: Float32Array }> = {};
  for (const [name, dims] of Object.entries(bertShapes(sizes) as Record<string, number[]>)) {
    const spread = name.startsWith("embed") || dims.length === 1 ? 0.5 : 2 / Math.sqrt(dims[1] ?? 1);
    const value = () => (random() + random() + random() - 1.5) * spread;
    const isScale = /norm\.weight$/.test(name);
    const length = dims.reduce((product, size) => product * size, 1);
    weights[name] = { shape: dims, data: Float32Array.from({ length }, () => (isScale ? 1 : 0) + value()) };
  }
  const { form = "float32", tokenTypes, output, type } = options;
  const graph: Writer = buildBert(sizes, weights, forms[form], { tokenTypes, output, type });
  options.change?.(graph);
  return graph.serialize("encoder");
}

/** A text of so many words; it has two tokens more. */
export function sentence(count: number, seed = 1): string {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => `w${Math.floor(random() * words)}`).join(" ");
}

/** What `sentence` is to the model. */
export function tokensOf(text: string): number[] {
  const ids = text.split(" ").map((word) => vocabulary.indexOf(word));
  return [2, ...ids, 3];
}

/** A sentence encoder of random weights, in a folder as it lies in MODELS_DIR. */
export async function randomEncoder(
  folder: string,
  name: string,
  options: EncoderOptions = {},
): Promise<ModelSource> {
  const base = join(folder, name);
  const sizes = { ...shape, ...options.shape };
  const { wordPieceFiles } = await exporter("wordpiece.mjs");
  const contents: Record<string, unknown> = {
    "onnx/model.onnx": await encoderGraph(options),
    "config.json": {
      model_type: "bert",
      vocab_size: sizes.vocabulary,
      hidden_size: sizes.hidden,
      max_position_embeddings: sizes.positions,
      pad_token_id: 0,
    },
    ...wordPieceFiles(vocabulary, sizes.positions),
    ...options.files,
  };
  for (const [path, content] of Object.entries(contents)) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    await writeFile(join(base, path), content instanceof Uint8Array ? content : JSON.stringify(content));
  }
  return writeManifest(base, name, options.context ?? sizes.positions, { task: "embedding" });
}

/** An engine over these models only, closed after the test file. */
export function embedderOver(
  sources: ModelSource[],
  options: Parameters<typeof createEmbeddingEngine>[0] = {},
): EmbeddingHost {
  const engine = createEmbeddingEngine({
    resolve: async (name) => {
      const source = sources.find(({ manifest }) => manifest.name === name);
      if (!source) throw new AppError("not_found", `There is no ${name}.`);
      return source;
    },
    ...options,
  });
  afterAll(() => engine.close());
  return engine;
}

export async function vectorsOf(
  engine: EmbeddingEngine,
  model: string,
  input: string[],
  more: { dimensions?: number; caller?: string } = {},
): Promise<Float32Array[]> {
  return (await engine.embed({ model, input, ...more }, new AbortController().signal)).vectors;
}

export function cosine(a: ArrayLike<number> = [], b: ArrayLike<number> = []): number {
  const dot = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    Array.from(x).reduce((sum, value, i) => sum + value * (y[i] ?? Number.NaN), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
