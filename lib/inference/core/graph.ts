import { AppError } from "@/lib/core";
import { bitsOf, type CacheData, widenHalves } from "./float16";
import type { GraphLayout } from "./graph-layout";
import type { ModelConfig } from "./model-config";
import type { Ort, OrtSession, OrtTensor } from "./ort";

/** Keys and values of the tokens of one sequence, on the device where the runtime keeps them. */
export interface Cache {
  length: number;
  /** In the layout's order. */
  tensors: OrtTensor[];
}

/** One run over rows of equal width; arrays are row after row. */
export interface GraphRun {
  rows: number;
  ids: BigInt64Array;
  /** Of the true position of each token. */
  positions: BigInt64Array;
  /** Rows of equal length. */
  mask: BigInt64Array;
  /** In the layout's order. */
  past: readonly OrtTensor[];
  /** Where the longer cache is to be written: tensors of the right size, perhaps over the memory of `past`. */
  present?: readonly OrtTensor[];
  /** Together with `present`: one token a row is fed, and its logits are to be written here; what lay there is gone. */
  logits?: Float32Array;
}

/** A decoder's session: one run feeds tokens and gives logits and a longer cache. */
export class DecoderGraph {
  readonly config: ModelConfig;
  readonly layout: GraphLayout;
  readonly #ort: Ort;
  readonly #session: OrtSession;
  readonly #one: BigInt64Array;

  constructor(ort: Ort, session: OrtSession, config: ModelConfig, layout: GraphLayout) {
    this.#ort = ort;
    this.#session = session;
    this.config = config;
    this.layout = layout;
    this.#one = BigInt64Array.of(1n);
  }

  /**
   * Gives for each row the logits behind its last token (float32, length: vocabulary; the caller may change
   * them) and the longer cache. The tensors of `past` stay the caller's.
   */
  async run({ rows, ids, positions, mask, past, present, logits: memory }: GraphRun): Promise<{
    logits: Float32Array[];
    present: OrtTensor[];
  }> {
    const { declared, cache } = this.layout;
    const feeds: Record<string, OrtTensor> = { input_ids: this.#rows(rows, ids) };
    if (declared.has("attention_mask")) feeds.attention_mask = this.#rows(rows, mask);
    if (declared.has("position_ids")) feeds.position_ids = this.#rows(rows, positions);
    if (declared.has("num_logits_to_keep"))
      feeds.num_logits_to_keep = new this.#ort.Tensor("int64", this.#one, []);
    const own = Object.values(feeds);
    const { vocabulary } = this.config;
    const fetches: Record<string, OrtTensor | null> = {
      logits: memory
        ? new this.#ort.Tensor("float32", memory.subarray(0, rows * vocabulary), [rows, 1, vocabulary])
        : null,
    };
    for (const [i, names] of cache.entries()) {
      feeds[names.past] = past[i] as OrtTensor;
      fetches[names.present] = present?.[i] ?? null;
    }
    let outputs: Record<string, OrtTensor>;
    try {
      outputs = await (present ? this.#session.run(feeds, fetches) : this.#session.run(feeds));
    } finally {
      for (const tensor of own) tensor.dispose();
    }
    const logits = this.#lastLogits(outputs.logits, rows);
    outputs.logits?.dispose();
    return { logits, present: cache.map((names) => outputs[names.present] as OrtTensor) };
  }

  /** A tensor over memory of ours, of the cache's type. */
  cacheTensor(data: CacheData, dims: readonly number[]): OrtTensor {
    return new this.#ort.Tensor(this.layout.cacheType, data, dims);
  }

  emptyCache(): Cache {
    const { cache, cacheType } = this.layout;
    const nothing = cacheType === "float32" ? new Float32Array(0) : new Uint16Array(0);
    return {
      length: 0,
      tensors: cache.map(({ heads, headSize }) => this.cacheTensor(nothing, [1, heads, 0, headSize])),
    };
  }

  /** Feeds `tokens` behind `cache`, which is used up; gives the logits behind the last token and the longer cache. */
  async forward(tokens: readonly number[], cache: Cache): Promise<{ logits: Float32Array; cache: Cache }> {
    const length = cache.length + tokens.length;
    try {
      const { logits, present } = await this.run({
        rows: 1,
        ids: BigInt64Array.from(tokens, BigInt),
        positions: BigInt64Array.from(tokens, (_, i) => BigInt(cache.length + i)),
        mask: new BigInt64Array(length).fill(1n),
        past: cache.tensors,
      });
      return { logits: logits[0] ?? new Float32Array(0), cache: { length, tensors: present } };
    } finally {
      this.drop(cache);
    }
  }

  drop(cache: Cache): void {
    for (const tensor of cache.tensors) tensor.dispose();
    cache.tensors = [];
  }

  release(): Promise<void> {
    return this.#session.release();
  }

  #rows(rows: number, data: BigInt64Array): OrtTensor {
    return new this.#ort.Tensor("int64", data, [rows, data.length / rows]);
  }

  #lastLogits(tensor: OrtTensor | undefined, rows: number): Float32Array[] {
    const data = bitsOf(tensor?.data);
    const vocabulary = tensor?.dims[tensor.dims.length - 1] ?? 0;
    if (!data || data.length === 0 || data.length % (rows * vocabulary) !== 0)
      throw new AppError("unprocessable", "The graph's logits are not as it announced them.");
    const stride = data.length / rows;
    return Array.from({ length: rows }, (_, row) => {
      const from = (row + 1) * stride - vocabulary;
      return data instanceof Float32Array
        ? data.subarray(from, from + vocabulary)
        : widenHalves(data, from, vocabulary);
    });
  }
}
