import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { InferenceSession, Tensor } from "onnxruntime-node";

export const modelFolder = (model) => fileURLToPath(new URL(`../public/models/${model}`, import.meta.url));

const int64 = (values, shape) => new Tensor("int64", BigInt64Array.from(values, BigInt), shape);

/** A raw decoder over an exported graph: batches, right padding and cache are the caller's. */
export class DecoderSession {
  constructor(session, config) {
    this.session = session;
    this.config = config;
  }

  static async open(model, file = "model.onnx") {
    const folder = modelFolder(model);
    const config = JSON.parse(await readFile(join(folder, "config.json"), "utf8"));
    const options = {
      executionProviders: ["cpu"],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    };
    return new DecoderSession(await InferenceSession.create(join(folder, "onnx", file), options), config);
  }

  emptyCache(batch = 1) {
    const { num_hidden_layers: layers, num_key_value_heads: heads, head_dim: size } = this.config;
    const names = Array.from({ length: layers }, (_, i) => [`${i}.key`, `${i}.value`]).flat();
    return Object.fromEntries(
      names.map((name) => [name, new Tensor("float32", new Float32Array(0), [batch, heads, 0, size])]),
    );
  }

  /** `ids` and `positions` are rows of equal length, `mask` also covers the cached slots; keep 0 returns all logits. */
  async run({ ids, mask, positions, cache, keep = 1 }) {
    const [batch, length] = [ids.length, ids[0].length];
    const past = Object.fromEntries(
      Object.entries(cache).map(([name, tensor]) => [`past_key_values.${name}`, tensor]),
    );
    const outputs = await this.session.run({
      input_ids: int64(ids.flat(), [batch, length]),
      attention_mask: int64(mask.flat(), [batch, mask[0].length]),
      position_ids: int64(positions.flat(), [batch, length]),
      num_logits_to_keep: int64([keep], []),
      ...past,
    });
    const present = Object.keys(cache).map((name) => [name, outputs[`present.${name}`]]);
    return { logits: outputs.logits, cache: Object.fromEntries(present) };
  }

  /** The most likely continuation of one prompt, as ids without the end mark. */
  async generate(prompt, limit = 64) {
    let [ids, cache] = [prompt, this.emptyCache()];
    const answer = [];
    for (let total = prompt.length; answer.length < limit; total++) {
      const positions = ids.map((_, i) => total - ids.length + i);
      const step = await this.run({
        ids: [ids],
        mask: [Array(total).fill(1)],
        positions: [positions],
        cache,
      });
      const best = step.logits.data.reduce((top, value, i, all) => (value > all[top] ? i : top), 0);
      if (best === this.config.eos_token_id) break;
      answer.push(best);
      [ids, cache] = [[best], step.cache];
    }
    return answer;
  }
}
