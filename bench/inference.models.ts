import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";

const builtIn = join(process.cwd(), "public/models/pebble-2m");
const exporter = (file: string) => import(pathToFileURL(join(process.cwd(), "models/export", file)).href);

/** Shape of SmolLM2-135M. */
const smol = {
  heads: 9,
  kvHeads: 3,
  headDim: 64,
  hidden: 576,
  intermediate: 1536,
  layers: 30,
  epsilon: 1e-5,
  vocabulary: 49_152,
  positions: 2048,
  ropeTheta: 100_000,
};

/** The built-in model without its end token, so that every answer has the same length. */
export function endlessModel(modelsDir: string): string {
  const folder = join(modelsDir, "endless");
  cpSync(builtIn, folder, { recursive: true });
  const withoutEnd = (json: Record<string, unknown>) => {
    for (const key of ["eos_token_id", "eos_token", "max_new_tokens"]) delete json[key];
  };
  for (const file of ["config.json", "generation_config.json", "tokenizer_config.json"])
    rewrite(join(folder, file), withoutEnd);
  return writeManifest(folder, "endless", 512, "onnx/model.onnx");
}

/** SmolLM2-135M with random weights: speed does not depend on what they are. */
export async function smolModel(modelsDir: string, form: "float32" | "int8"): Promise<string> {
  const name = `smol-${form}`;
  const folder = join(modelsDir, name);
  mkdirSync(join(folder, "onnx"), { recursive: true });
  const { buildLlama } = await exporter("llama-graph.mjs");
  const forms = await exporter("matrix-forms.mjs");
  const graph = buildLlama(smol, randomWeights(), forms[form], { attention: "grouped" });
  const file = form === "float32" ? "onnx/model.onnx" : "onnx/model_int8.onnx";
  writeFileSync(join(folder, file), graph.serialize(name));
  const config = {
    model_type: "llama",
    architectures: ["LlamaForCausalLM"],
    vocab_size: smol.vocabulary,
    num_hidden_layers: smol.layers,
    num_attention_heads: smol.heads,
    num_key_value_heads: smol.kvHeads,
    head_dim: smol.headDim,
    hidden_size: smol.hidden,
    max_position_embeddings: smol.positions,
  };
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  for (const path of ["tokenizer.json", "tokenizer_config.json"])
    cpSync(join(builtIn, path), join(folder, path));
  rewrite(join(folder, "tokenizer_config.json"), (json) => {
    delete json.eos_token;
  });
  // Tokens to fill up the vocabulary; the model draws them like any other.
  rewrite(join(folder, "tokenizer.json"), (json) => {
    const { vocab } = json.model as { vocab: Record<string, number> };
    for (let id = Object.keys(vocab).length; id < smol.vocabulary; id++) vocab[`x${id}`] = id;
  });
  return writeManifest(folder, name, smol.positions, file);
}

function randomWeights(): Record<string, { data: Float32Array; shape: number[] }> {
  // A million numbers, begun elsewhere for each matrix, are random enough for a stopwatch.
  let state = 7;
  const block = Float32Array.from({ length: 1_000_003 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
  let start = 0;
  const weights: Record<string, { data: Float32Array; shape: number[] }> = {};
  const matrix = (name: string, rows: number, columns: number) => {
    const data = new Float32Array(rows * columns);
    const scale = 1.7 / Math.sqrt(columns);
    for (let i = 0; i < data.length; i++) data[i] = (block[(start + i) % block.length] ?? 0) * scale;
    start += 7919;
    weights[name] = { data, shape: [rows, columns] };
  };
  const ones = (name: string) => {
    weights[name] = { data: new Float32Array(smol.hidden).fill(1), shape: [smol.hidden] };
  };
  const { heads, kvHeads, headDim, hidden, intermediate, layers, vocabulary } = smol;
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

function rewrite(path: string, change: (json: Record<string, unknown>) => void): void {
  const json = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  change(json);
  writeFileSync(path, JSON.stringify(json));
}

function writeManifest(folder: string, name: string, context: number, graph: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "tessera.json")
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => {
      const bytes = readFileSync(path);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      return { path: relative(folder, path), size: bytes.length, sha256 };
    });
  const manifest = {
    name,
    task: "chat",
    description: "",
    license: "Apache-2.0",
    parameters: 0,
    context,
    graph,
    files,
  };
  writeFileSync(join(folder, "tessera.json"), JSON.stringify(manifest));
  return folder;
}
