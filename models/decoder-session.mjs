import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { InferenceSession, Tensor } from "onnxruntime-node";

/** Where a model lies: the name of a built-in one, or a path. */
export const modelFolder = (model) =>
  model.includes("/") ? model : fileURLToPath(new URL(`../public/models/${model}`, import.meta.url));

const int64 = (values, shape) => new Tensor("int64", BigInt64Array.from(values, BigInt), shape);

/** Opens a graph on one thread: the same numbers on every run. */
export function openSession(model, file) {
  return InferenceSession.create(join(modelFolder(model), "onnx", file), {
    executionProviders: ["cpu"],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
}

/** A raw decoder over an exported graph: batches, right padding and cache are the caller's. */
export class DecoderSession {
  #declared;

  constructor(session, config) {
    this.session = session;
    this.config = config;
    this.#declared = new Set(session.inputNames);
  }

  static async open(model, file = "model.onnx") {
    const config = JSON.parse(await readFile(join(modelFolder(model), "config.json"), "utf8"));
    return new DecoderSession(await openSession(model, file), config);
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
      ...(this.#declared.has("position_ids")
        ? { position_ids: int64(positions.flat(), [batch, length]) }
        : {}),
      num_logits_to_keep: int64([keep], []),
      ...past,
    });
    const present = Object.keys(cache).map((name) => [name, outputs[`present.${name}`]]);
    return { logits: outputs.logits, cache: Object.fromEntries(present) };
  }

  /** The likeliest continuation of one prompt, as ids without the end mark. `constraint` says which tokens may come. */
  async generate(prompt, { limit = 192, constraint } = {}) {
    let [ids, cache] = [prompt, this.emptyCache()];
    const answer = [];
    const most = Math.min(limit, this.config.max_position_embeddings - prompt.length);
    for (let total = prompt.length; answer.length < most; total++) {
      const positions = ids.map((_, i) => total - ids.length + i);
      const step = await this.run({
        ids: [ids],
        mask: [Array(total).fill(1)],
        positions: [positions],
        cache,
      });
      const logits = step.logits.data;
      // Near the end of its room the answer is led to a valid end.
      if (constraint) {
        if (constraint.minimumBytesToEnd + SLACK >= most - answer.length) constraint.maskToEnd(logits);
        else constraint.mask(logits);
      }
      const best = likeliest(logits);
      if (best === this.config.eos_token_id) break;
      answer.push(best);
      constraint?.push(best);
      if (constraint?.mustEnd) break;
      [ids, cache] = [[best], step.cache];
    }
    return answer;
  }

  /** Whether the likeliest answer is this one, end mark included: one run instead of one for each token. */
  async answers(prompt, answer) {
    const ids = [...prompt, ...answer];
    const order = ids.map((_, i) => i);
    const { logits } = await this.run({
      ids: [ids],
      mask: [ids.map(() => 1)],
      positions: [order],
      cache: this.emptyCache(),
      keep: answer.length + 1,
    });
    const width = logits.dims[2];
    const wanted = [...answer, this.config.eos_token_id];
    return wanted.every((id, i) => likeliest(logits.data.subarray(i * width, (i + 1) * width)) === id);
  }
}

/** Bytes that one token may add. */
const SLACK = 16;

function likeliest(logits) {
  let best = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i] > logits[best]) best = i;
  return best;
}
