import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const exporter = (file: string) => import(pathToFileURL(join(process.cwd(), "models/export", file)).href);

/** Shape of all-MiniLM-L6-v2. */
const minilm = {
  heads: 12,
  headDim: 32,
  hidden: 384,
  intermediate: 1536,
  layers: 6,
  positions: 512,
  vocabulary: 30_522,
  epsilon: 1e-12,
};
const words = minilm.vocabulary - 5;

/** MiniLM with random weights, in a folder of MODELS_DIR: speed does not depend on what they are. */
export async function minilmModel(modelsDir: string, form: "float32" | "int8"): Promise<string> {
  const name = `minilm-${form}`;
  const { buildBert } = await exporter("bert-graph.mjs");
  const { specialTokens, wordPieceFiles } = await exporter("wordpiece.mjs");
  const forms = await exporter("matrix-forms.mjs");
  const graph = form === "float32" ? "onnx/model.onnx" : "onnx/model_quantized.onnx";
  const vocabulary = [...specialTokens, ...Array.from({ length: words }, (_, i) => `w${i}`)];
  const config = {
    model_type: "bert",
    architectures: ["BertModel"],
    vocab_size: minilm.vocabulary,
    hidden_size: minilm.hidden,
    max_position_embeddings: minilm.positions,
    pad_token_id: 0,
  };
  const contents: Record<string, unknown> = {
    "config.json": config,
    ...wordPieceFiles(vocabulary, minilm.positions),
  };
  const bytes: Uint8Array = buildBert(minilm, await randomWeights(), forms[form]).serialize(name);
  const jsons = Object.entries(contents).map(([path, json]) => [path, JSON.stringify(json)] as const);
  const files = [[graph, bytes] as const, ...jsons.map(([path, json]) => [path, Buffer.from(json)] as const)];
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(modelsDir, name, path)), { recursive: true });
    writeFileSync(join(modelsDir, name, path), bytes);
  }
  const manifest = {
    name,
    task: "embedding",
    description: "",
    license: "Apache-2.0",
    parameters: 0,
    context: minilm.positions,
    dimensions: minilm.hidden,
    graph,
    files: files.map(([path, bytes]) => ({
      path,
      size: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    })),
  };
  writeFileSync(join(modelsDir, name, "tessera.json"), JSON.stringify(manifest));
  return name;
}

async function randomWeights(): Promise<Record<string, { data: Float32Array; shape: number[] }>> {
  const { bertShapes } = await exporter("bert-graph.mjs");
  const random = randomNumbers(7);
  const shapes = Object.entries(bertShapes(minilm) as Record<string, number[]>);
  return Object.fromEntries(
    shapes.map(([name, shape]) => {
      const length = shape.reduce((product, size) => product * size, 1);
      const spread = name.startsWith("embed") ? 0.1 : 2 / Math.sqrt(shape[1] ?? 400);
      const middle = name.endsWith("norm.weight") ? 1 : 0;
      return [name, { shape, data: Float32Array.from({ length }, () => middle + spread * random()) }];
    }),
  );
}

/** Texts of 3 to 120 words, short ones more often; they have two tokens more. */
export function mixedTexts(count: number): string[] {
  const random = randomNumbers(3);
  const share = () => (random() + 1) / 2;
  const word = () => `w${Math.floor(share() * words)}`;
  return Array.from({ length: count }, () =>
    Array.from({ length: Math.round(3 * 40 ** share()) }, word).join(" "),
  );
}

/** From -1 to 1. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}
