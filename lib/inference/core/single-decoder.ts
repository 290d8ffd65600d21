import type { Decoder, DecoderRow } from "./decoder";
import type { Cache, DecoderGraph } from "./graph";

class SingleRow implements DecoderRow {
  cache: Cache;

  constructor(cache: Cache) {
    this.cache = cache;
  }

  get length(): number {
    return this.cache.length;
  }
}

/** One sequence a run, each with a cache of its own that stays on the device: for graphics devices, and for graphs that are only exact so. */
export class SingleDecoder implements Decoder<SingleRow> {
  readonly alone: string;
  readonly #graph: DecoderGraph;

  constructor(graph: DecoderGraph, alone: string) {
    this.#graph = graph;
    this.alone = alone;
  }

  open(): SingleRow {
    return new SingleRow(this.#graph.emptyCache());
  }

  async prefill(row: SingleRow, tokens: readonly number[]): Promise<Float32Array> {
    const { logits, cache } = await this.#graph.forward(tokens, row.cache);
    row.cache = cache;
    return logits;
  }

  async decode(rows: readonly SingleRow[], tokens: readonly number[]): Promise<Float32Array[]> {
    const all: Float32Array[] = [];
    for (const [i, row] of rows.entries()) all.push(await this.prefill(row, [tokens[i] ?? 0]));
    return all;
  }

  close(row: SingleRow): void {
    this.#graph.drop(row.cache);
  }

  release(): Promise<void> {
    return this.#graph.release();
  }
}
