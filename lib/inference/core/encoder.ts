import { AppError } from "@/lib/core";
import type { EncoderConfig } from "./encoder-config";
import type { EncoderLayout } from "./encoder-layout";
import { bitsOf, widenHalves } from "./float16";
import type { Ort, OrtSession, OrtTensor } from "./ort";
import { normalise, pool } from "./pooling";

/** An encoder's session: texts as tokens in, a vector of unit length for each out. */
export class EncoderGraph {
  readonly config: EncoderConfig;
  readonly layout: EncoderLayout;
  readonly #ort: Ort;
  readonly #session: OrtSession;

  constructor(ort: Ort, session: OrtSession, config: EncoderConfig, layout: EncoderLayout) {
    this.#ort = ort;
    this.#session = session;
    this.config = config;
    this.layout = layout;
  }

  /**
   * One run. A vector without direction (not a number, or zero) is not there.
   * @throws AppError `unprocessable` when the graph's output is not as announced, or what the runtime throws
   */
  async encode(texts: readonly (readonly number[])[]): Promise<(Float32Array | undefined)[]> {
    const { declared, output } = this.layout;
    const width = Math.max(...texts.map((text) => text.length));
    const size = texts.length * width;
    const ids = new BigInt64Array(size).fill(BigInt(this.config.padToken));
    const mask = new BigInt64Array(size);
    for (const [row, text] of texts.entries()) {
      for (const [i, token] of text.entries()) ids[row * width + i] = BigInt(token);
      mask.fill(1n, row * width, row * width + text.length);
    }
    const tensor = (data: BigInt64Array) => new this.#ort.Tensor("int64", data, [texts.length, width]);
    const feeds: Record<string, OrtTensor> = { input_ids: tensor(ids), attention_mask: tensor(mask) };
    if (declared.has("token_type_ids")) feeds.token_type_ids = tensor(new BigInt64Array(size));
    let outputs: Record<string, OrtTensor>;
    try {
      outputs = await this.#session.run(feeds, { [output]: null });
    } finally {
      for (const fed of Object.values(feeds)) fed.dispose();
    }
    const vectors = this.#vectors(outputs[output], texts, width);
    outputs[output]?.dispose();
    return vectors.map((vector) => (normalise(vector) ? vector : undefined));
  }

  release(): Promise<void> {
    return this.#session.release();
  }

  #vectors(given: OrtTensor | undefined, texts: readonly (readonly number[])[], width: number) {
    const { pooled, output } = this.layout;
    const bits = bitsOf(given?.data);
    const places = pooled ? [texts.length] : [texts.length, width];
    const dims = given?.dims ?? [];
    const size = dims[places.length] ?? 0;
    const isAsAnnounced =
      dims.length === places.length + 1 && places.every((length, i) => length === dims[i]) && size > 0;
    if (!bits || !isAsAnnounced)
      throw new AppError("unprocessable", `The graph's ${output} is not as it announced it.`);
    const data = bits instanceof Float32Array ? bits : widenHalves(bits, 0, bits.length);
    return texts.map(({ length }, row) =>
      pooled
        ? data.slice(row * size, (row + 1) * size)
        : pool(this.config.pooling, data, row * width * size, length, size),
    );
  }
}
