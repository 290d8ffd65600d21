/** node models/export/export.mjs pebble-2m: build/<model>.weights to public/models/<model>. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildLlama } from "./llama-graph.mjs";
import { float32, int8 } from "./matrix-forms.mjs";
import { readWeights } from "./weights-file.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

function modelConfig(c) {
  return {
    architectures: ["LlamaForCausalLM"],
    model_type: "llama",
    hidden_act: "silu",
    hidden_size: c.hidden,
    intermediate_size: c.intermediate,
    num_hidden_layers: c.layers,
    num_attention_heads: c.heads,
    num_key_value_heads: c.kvHeads,
    head_dim: c.headDim,
    max_position_embeddings: c.positions,
    rms_norm_eps: c.epsilon,
    rope_theta: c.ropeTheta,
    vocab_size: c.vocabulary,
    tie_word_embeddings: true,
    attention_bias: false,
    mlp_bias: false,
    torch_dtype: "float32",
    bos_token_id: 1,
    eos_token_id: 2,
    pad_token_id: 0,
  };
}

const generationConfig = {
  bos_token_id: 1,
  eos_token_id: 2,
  pad_token_id: 0,
  do_sample: false,
  max_new_tokens: 64,
};

function main(model) {
  const { config, tensors } = readWeights(join(root, "models", "build", `${model}.weights`));
  const folder = join(root, "public", "models", model);
  mkdirSync(join(folder, "onnx"), { recursive: true });
  const json = (name, value) => writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
  json("config.json", modelConfig(config));
  json("generation_config.json", generationConfig);
  for (const [name, form] of Object.entries({ model: float32, model_quantized: int8 })) {
    const bytes = buildLlama(config, tensors, form).serialize(model);
    writeFileSync(join(folder, "onnx", `${name}.onnx`), bytes);
    console.log(`${name}.onnx: ${(bytes.length / 1e6).toFixed(2)} MB`);
  }
}

main(process.argv[2] ?? "pebble-2m");
