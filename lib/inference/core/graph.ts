import { AppError } from "@/lib/core";
import type { ModelConfig } from "./model-config";
import type { Ort, OrtSession, OrtTensor } from "./ort";

/** Keys and values of the tokens seen so far, on the device where the runtime keeps them. */
export interface Cache {
  length: number;
  tensors: Record<string, OrtTensor>;
}

const pastName = /^past_key_values\.(\d+)\.(key|value)$/;
const otherInputs = ["input_ids", "attention_mask", "position_ids", "num_logits_to_keep"];

/** A decoder graph as Optimum and our exporter lay it out: one run feeds tokens and gives logits and a longer cache. */
export class DecoderGraph {
  readonly config: ModelConfig;
  readonly #ort: Ort;
  readonly #session: OrtSession;
  /** Names of the cache as it goes in and as it comes out. */
  readonly #cacheNames: { past: string; present: string }[];
  readonly #ones: BigInt64Array;
  readonly #declared: ReadonlySet<string>;

  /** @throws AppError `unprocessable` naming what the graph asks for and we do not feed. */
  constructor(ort: Ort, session: OrtSession, config: ModelConfig, model: string) {
    this.#ort = ort;
    this.#session = session;
    this.config = config;
    this.#declared = new Set(session.inputNames);
    this.#cacheNames = session.inputNames
      .filter((name) => pastName.test(name))
      .map((past) => ({ past, present: past.replace("past_key_values", "present") }));
    this.#ones = new BigInt64Array(config.context).fill(1n);
    const unknown = session.inputNames.filter((name) => !pastName.test(name) && !otherInputs.includes(name));
    if (unknown.length > 0) throw unusable(model, `it asks for ${unknown.join(", ")}`);
    if (!this.#declared.has("input_ids")) throw unusable(model, "it has no input_ids");
    if (this.#cacheNames.length !== config.layers * 2) {
      throw unusable(
        model,
        `it keeps ${this.#cacheNames.length} cache tensors, config.json says ${config.layers * 2}`,
      );
    }
    const missing = ["logits", ...this.#cacheNames.map(({ present }) => present)].filter(
      (name) => !session.outputNames.includes(name),
    );
    if (missing.length > 0) throw unusable(model, `it does not give ${missing.join(", ")}`);
    const cacheType = session.inputMetadata.find((input) => pastName.test(input.name))?.type;
    if (cacheType !== undefined && cacheType !== "float32")
      throw unusable(model, `its cache is ${cacheType}`);
  }

  emptyCache(): Cache {
    const { cacheHeads, headSize } = this.config;
    const empty = () => new this.#ort.Tensor("float32", new Float32Array(0), [1, cacheHeads, 0, headSize]);
    return { length: 0, tensors: Object.fromEntries(this.#cacheNames.map(({ past }) => [past, empty()])) };
  }

  /**
   * Feeds `tokens` behind `cache`, which is used up.
   * Gives the logits behind the last token (float32, length: vocabulary) and the longer cache.
   */
  async forward(tokens: readonly number[], cache: Cache): Promise<{ logits: Float32Array; cache: Cache }> {
    const length = cache.length + tokens.length;
    const feeds: Record<string, OrtTensor> = { ...cache.tensors };
    feeds.input_ids = this.#row(BigInt64Array.from(tokens, BigInt));
    if (this.#declared.has("attention_mask"))
      feeds.attention_mask = this.#row(this.#ones.subarray(0, length));
    if (this.#declared.has("position_ids")) {
      feeds.position_ids = this.#row(BigInt64Array.from(tokens, (_, i) => BigInt(cache.length + i)));
    }
    if (this.#declared.has("num_logits_to_keep")) {
      feeds.num_logits_to_keep = new this.#ort.Tensor("int64", this.#ones.subarray(0, 1), []);
    }
    let outputs: Record<string, OrtTensor>;
    try {
      outputs = await this.#session.run(feeds);
    } finally {
      for (const tensor of Object.values(feeds)) tensor.dispose();
    }
    const { logits, ...rest } = outputs;
    if (!(logits?.data instanceof Float32Array))
      throw new AppError("unprocessable", "The graph's logits are not float32.");
    const width = logits.dims[logits.dims.length - 1] ?? 0;
    const last = logits.data.slice(logits.data.length - width);
    logits.dispose();
    return { logits: last, cache: { length, tensors: this.#asPast(rest) } };
  }

  drop(cache: Cache): void {
    for (const tensor of Object.values(cache.tensors)) tensor.dispose();
    cache.tensors = {};
  }

  release(): Promise<void> {
    return this.#session.release();
  }

  #row(data: BigInt64Array): OrtTensor {
    return new this.#ort.Tensor("int64", data, [1, data.length]);
  }

  #asPast(outputs: Record<string, OrtTensor>): Record<string, OrtTensor> {
    const tensors: Record<string, OrtTensor> = {};
    for (const { past, present } of this.#cacheNames) {
      const tensor = outputs[present];
      if (tensor) tensors[past] = tensor;
    }
    return tensors;
  }
}

function unusable(model: string, why: string): AppError {
  return new AppError("unprocessable", `The graph of ${model} cannot be run: ${why}.`);
}
