/** node models/export/export.mjs pebble-2m [--to folder]: build/<model>.weights and the tokenizer to public/models/<model>. */
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildBert } from "./bert-graph.mjs";
import { decoderConfig, encoderConfig, generationConfig } from "./configs.mjs";
import { buildLlama } from "./llama-graph.mjs";
import { halves, int8, q4 } from "./matrix-forms.mjs";
import { readWeights } from "./weights-file.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Endings as exporters of the field write them, and how the weights are stored. */
const decoderForms = { "": halves, _quantized: int8, _q4: q4 };
const encoderForms = { "": halves, _quantized: int8 };
/** For processors: fused attention, which turns queries and keys itself. */
const grouped = { attention: "grouped", rotary: "inside", positions: false };

function writeDecoder(write, config, tensors) {
  // Tables of positions that no conversation reaches would only cost bytes.
  const trimmed = { ...config, positions: config.context };
  write.json("config.json", decoderConfig(trimmed));
  write.json("generation_config.json", generationConfig);
  for (const [ending, form] of Object.entries(decoderForms)) {
    const plain = buildLlama(trimmed, tensors, form);
    const file = plain.serialize("model");
    const weights = plain.weightsIn(file, `model${ending}.onnx`);
    write.graph(`model${ending}.onnx`, file);
    const other = buildLlama(trimmed, tensors, form, { ...grouped, externalData: weights });
    write.graph(`model_gqa${ending}.onnx`, other.serialize("model"));
  }
}

function writeEncoder(write, config, tensors) {
  write.json("config.json", encoderConfig(config));
  write.json("1_Pooling/config.json", {
    word_embedding_dimension: config.hidden,
    pooling_mode_mean_tokens: true,
  });
  for (const [ending, form] of Object.entries(encoderForms)) {
    const graph = buildBert(config, tensors, form, { tokenTypes: false });
    write.graph(`model${ending}.onnx`, graph.serialize("model"));
  }
}

function main(model, folder) {
  const { config, tensors } = readWeights(join(root, "models", "build", `${model}.weights`));
  const tokenizer = join(root, "models", "tokenizer");
  rmSync(folder, { recursive: true, force: true });
  for (const part of ["onnx", ...("kvHeads" in config ? [] : ["1_Pooling"])])
    mkdirSync(join(folder, part), { recursive: true });
  for (const name of readdirSync(tokenizer)) copyFileSync(join(tokenizer, name), join(folder, name));
  const write = {
    json: (name, value) => writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`),
    graph(name, bytes) {
      writeFileSync(join(folder, "onnx", name), bytes);
      console.log(`${name}: ${(bytes.length / 1e6).toFixed(2)} MB`);
    },
  };
  ("kvHeads" in config ? writeDecoder : writeEncoder)(write, config, tensors);
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { to: { type: "string" } } });
const [model] = positionals;
if (model === undefined) throw new Error("Which model? node models/export/export.mjs pebble-2m");
main(model, values.to ?? join(root, "public", "models", model));
