import { createHash } from "node:crypto";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll } from "vitest";
import { AppError } from "@/lib/core";
import type { ChatCall, ChatEngine, ChatEvent, ChatParameters, ModelManifest } from "@/lib/inference";
import { modelManifest } from "@/lib/inference";
import { seededRandom } from "@/lib/inference/core/random";
import { createOnnxEngine } from "@/lib/inference/engines/onnx";
import type { ModelSource } from "@/lib/inference/engines/protocol";
import type { WorkerHost } from "@/lib/inference/engines/worker-host";

const root = resolve(import.meta.dirname, "../..");
const scratch = join(root, "node_modules/.cache/tessera-tests");

// vitest sets it to "/", which is no address.
if (process.env.BASE_URL === "/") delete process.env.BASE_URL;

/** The built-in model's folder. */
export const pebble = join(root, "public/models/pebble-2m");

/** A folder that is gone after the test file. Inside the project, so that bundles in it find its packages. */
export async function scratchFolder(): Promise<string> {
  mkdirSync(scratch, { recursive: true });
  const folder = await mkdtemp(join(scratch, "inference-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Bundles the server's workers as the build does and makes engines use them. */
export async function useServerWorker(): Promise<void> {
  const folder = await scratchFolder();
  await build({
    entryPoints: {
      onnx: join(root, "lib/inference/engines/onnx.worker.ts"),
      embedding: join(root, "lib/inference/engines/embedding.worker.ts"),
    },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    alias: { "server-only": join(root, "tests/support/empty.ts") },
    logLevel: "error",
  });
  process.env.TESSERA_WORKERS_DIR = folder;
}

/** Writes `tessera.json` over the files there are. */
export async function writeManifest(
  base: string,
  name: string,
  context: number,
  more: Partial<ModelManifest> = {},
): Promise<ModelSource> {
  const entries = await readdir(base, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name !== "tessera.json")
    .map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const bytes = await readFile(path);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      return { path: relative(base, path).replaceAll("\\", "/"), size: bytes.length, sha256 };
    });
  const manifest = modelManifest.parse({
    name,
    task: "chat",
    description: "A model for tests.",
    license: "Apache-2.0",
    parameters: 1,
    context,
    files: await Promise.all(files),
    ...more,
  });
  await writeFile(join(base, "tessera.json"), JSON.stringify(manifest));
  return { manifest, base };
}

const vocabulary = 2048;
const tinyConfig = {
  heads: 4,
  kvHeads: 2,
  headDim: 16,
  hidden: 64,
  intermediate: 96,
  layers: 2,
  epsilon: 1e-5,
  vocabulary,
};

/** The layouts in which our writer makes graphs; see models/export/llama-graph.mjs. */
export interface GraphOptions {
  attention?: "plain" | "grouped";
  positions?: boolean;
  keep?: boolean;
  cache?: "float32" | "float16";
  window?: number;
  rotary?: "apart" | "inside" | "interleaved";
  packed?: boolean;
  fused?: Record<string, number>;
  repeated?: boolean;
  externalData?: string;
  form?: "float32" | "int8" | "q4";
}

/** A module of the writers of graphs. */
export const exporter = (file: string) => import(pathToFileURL(join(root, "models/export", file)).href);

/** A decoder of random weights as a file, and what it keeps beside itself. */
export async function randomGraph(
  { form = "float32", ...layout }: GraphOptions = {},
  context = 512,
): Promise<{ graph: Uint8Array; external: Uint8Array; config: Record<string, unknown> }> {
  const { buildLlama } = await exporter("llama-graph.mjs");
  const forms = await exporter("matrix-forms.mjs");
  const built = buildLlama(
    { ...tinyConfig, positions: context, ropeTheta: 10_000 },
    randomWeights(),
    forms[form],
    layout,
  );
  const config = {
    vocab_size: vocabulary,
    num_hidden_layers: tinyConfig.layers,
    num_attention_heads: tinyConfig.heads,
    num_key_value_heads: tinyConfig.kvHeads,
    head_dim: tinyConfig.headDim,
    hidden_size: tinyConfig.hidden,
    max_position_embeddings: context,
    eos_token_id: 2,
    ...(layout.window ? { sliding_window: layout.window } : {}),
  };
  return { graph: built.serialize("decoder"), external: built.externalBytes(), config };
}

/** A decoder of random weights over the built-in model's tokenizer: it babbles and seldom ends by itself. */
export async function randomModel(
  folder: string,
  name: string,
  context = 512,
  options: GraphOptions = {},
): Promise<ModelSource> {
  const base = join(folder, name);
  mkdirSync(join(base, "onnx"), { recursive: true });
  for (const file of ["tokenizer.json", "tokenizer_config.json"])
    cpSync(join(pebble, file), join(base, file));
  const { graph, external, config } = await randomGraph(options, context);
  await writeFile(join(base, "onnx/model.onnx"), graph);
  if (options.externalData) await writeFile(join(base, "onnx", options.externalData), external);
  await writeFile(join(base, "config.json"), JSON.stringify(config));
  return writeManifest(base, name, context);
}

function randomWeights(): Record<string, { data: Float32Array; shape: number[] }> {
  const random = seededRandom(7);
  const { heads, kvHeads, headDim, hidden, intermediate, layers } = tinyConfig;
  const weights: Record<string, { data: Float32Array; shape: number[] }> = {};
  const matrix = (name: string, rows: number, columns: number) => {
    const data = Float32Array.from(
      { length: rows * columns },
      () => (random() + random() + random() - 1.5) / Math.sqrt(columns / 4),
    );
    weights[name] = { data, shape: [rows, columns] };
  };
  const ones = (name: string) => {
    weights[name] = { data: new Float32Array(hidden).fill(1), shape: [hidden] };
  };
  matrix("embed.weight", vocabulary, hidden);
  ones("norm.weight");
  for (let i = 0; i < layers; i++) {
    ones(`layers.${i}.input_norm.weight`);
    ones(`layers.${i}.post_norm.weight`);
    matrix(`layers.${i}.q.weight`, heads * headDim, hidden);
    matrix(`layers.${i}.k.weight`, kvHeads * headDim, hidden);
    matrix(`layers.${i}.v.weight`, kvHeads * headDim, hidden);
    matrix(`layers.${i}.o.weight`, hidden, heads * headDim);
    matrix(`layers.${i}.gate.weight`, intermediate, hidden);
    matrix(`layers.${i}.up.weight`, intermediate, hidden);
    matrix(`layers.${i}.down.weight`, hidden, intermediate);
  }
  return weights;
}

/** An engine over these models only, closed after the test file. */
export function engineOver(
  sources: ModelSource[],
  options: Parameters<typeof createOnnxEngine>[0] = {},
): WorkerHost {
  const engine = createOnnxEngine({
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

/** A one-turn call. */
export function ask(model: string, content: string, parameters: ChatParameters = {}): ChatCall {
  return { model, messages: [{ role: "user", content }], parameters };
}

/** Everything a call streamed. */
export interface Answer {
  text: string;
  events: ChatEvent[];
  last: ChatEvent;
  outputTokens: number;
}

export async function collect(stream: AsyncIterable<ChatEvent>): Promise<Answer> {
  const events: ChatEvent[] = [];
  for await (const event of stream) events.push(event);
  const last = events[events.length - 1];
  if (!last) throw new Error("No event came.");
  const usage = events.find((event) => event.type === "usage");
  return {
    events,
    last,
    text: events.map((event) => (event.type === "delta" ? event.text : "")).join(""),
    outputTokens: usage?.type === "usage" ? usage.outputTokens : 0,
  };
}

export function run(
  engine: ChatEngine,
  call: ChatCall,
  signal = new AbortController().signal,
): Promise<Answer> {
  return collect(engine.chat(call, signal));
}
