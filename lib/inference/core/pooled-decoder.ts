import { AppError } from "@/lib/core";
import { arrange, type RunCosts } from "./arrangement";
import { CacheBlock, type CachedRow } from "./cache-block";
import type { Decoder, DecoderRow } from "./decoder";
import { bitsOf, type CacheData } from "./float16";
import type { DecoderGraph } from "./graph";
import { bytesPerToken } from "./graph-layout";
import type { OrtTensor } from "./ort";
import { PrefixCache, sharedLength } from "./prefix-cache";

export interface PoolOptions {
  /** Bytes of all weights: what one more run costs. */
  weightBytes: number;
  /** The runtime writes outputs into memory that it is given. */
  writesInPlace: boolean;
  /** Bytes that ended sequences may keep. */
  prefixBytes: number;
}

class PooledRow implements DecoderRow, CachedRow {
  tokens: number[] = [];
  block: CacheBlock;
  index = 0;
  /** It takes part in `decode`; before, its prompt is fed. */
  joined = false;

  constructor(block: CacheBlock) {
    this.block = block;
    block.rows.push(this);
  }

  get length(): number {
    return this.tokens.length;
  }
}

/** Fewer tokens are sooner computed than copied. */
const worthReusing = 8;

/** Slots are added in steps: growing copies the cache. */
const plainStep = 64;

/**
 * Sequences side by side in memory of ours, one run for those of similar length. Each lies left-aligned in its
 * slots; the mask hides what is behind it.
 *
 * With fused attention the graph writes a new token into its own slot, in place where the runtime can. Otherwise
 * it puts new tokens behind the last slot of all, from where they are copied to their own.
 */
export class PooledDecoder implements Decoder<PooledRow> {
  readonly #graph: DecoderGraph;
  readonly #options: PoolOptions;
  readonly #costs: RunCosts;
  readonly #prefixes: PrefixCache;
  #rows: PooledRow[] = [];
  #blocks: CacheBlock[] = [];
  /** A sequence joined, left or outgrew its block. */
  #unsettled = false;
  /** Memory for the outputs of runs that are copied from. */
  #scratch: CacheData[] = [];
  /** Memory for the logits of a step, reused by the next: a run a token would otherwise leave much to collect. */
  #logits = new Float32Array(0);

  constructor(graph: DecoderGraph, options: PoolOptions) {
    this.#graph = graph;
    this.#options = options;
    const { grouped } = graph.layout;
    const { context } = graph.config;
    this.#costs = {
      weightBytes: options.weightBytes,
      // Read, written longer, and read again; fused attention skips padding, which then only takes room.
      slotBytes: bytesPerToken(graph.layout) * (grouped ? 0.1 : 3),
      // A graph may hold tables of just the context's size, and the step puts one more slot behind these.
      capacity: (length) =>
        grouped
          ? powerOfTwo(length + 1, 128)
          : Math.min(roundUp(length + 1, plainStep), Math.max(length + 1, context - 1)),
    };
    this.#prefixes = new PrefixCache(options.prefixBytes);
  }

  open(prompt: readonly number[]): PooledRow {
    const { layout } = this.#graph;
    const source = this.#longestPrefix(prompt);
    const reused = source && source.length >= worthReusing ? source.length : 0;
    const capacity = layout.grouped ? this.#costs.capacity(prompt.length) : reused;
    const row = new PooledRow(new CacheBlock(layout, 1, capacity));
    if (source && reused > 0) {
      row.block.copy(source.data, source.capacity, source.index, 0, reused);
      row.tokens = prompt.slice(0, reused);
    }
    this.#rows.push(row);
    return row;
  }

  async prefill(row: PooledRow, tokens: readonly number[]): Promise<Float32Array> {
    if (row.joined) throw new AppError("internal", "The sequence decodes already.");
    const { grouped } = this.#graph.layout;
    const { length } = row;
    const total = length + tokens.length;
    this.#resize(row, grouped ? Math.max(row.block.capacity, this.#costs.capacity(total)) : length);
    const { block } = row;
    const past = this.#tensors(block);
    const { logits, present } = await this.#graph.run({
      rows: 1,
      ids: BigInt64Array.from(tokens, BigInt),
      positions: BigInt64Array.from(tokens, (_, i) => BigInt(length + i)),
      mask: new BigInt64Array(total).fill(1n),
      past,
      present: grouped && this.#options.writesInPlace ? past : undefined,
    });
    if (present[0] !== past[0]) block.adopt(present.map(dataOf), present[0]?.dims[2] ?? total);
    row.tokens.push(...tokens);
    return logits[0] ?? new Float32Array(0);
  }

  async decode(rows: readonly PooledRow[], tokens: readonly number[]): Promise<Float32Array[]> {
    const next = new Map(rows.map((row, i) => [row, tokens[i] ?? 0]));
    this.#settle(rows);
    const all = new Map<CachedRow, Float32Array>();
    let offset = 0;
    for (const block of this.#blocks) {
      const fed = block.rows.map((row) => next.get(row as PooledRow) ?? 0);
      const logits = await this.#step(block, fed, offset);
      offset += fed.length;
      for (const row of block.rows) {
        all.set(row, logits[row.index] ?? new Float32Array(0));
        row.tokens.push(next.get(row as PooledRow) ?? 0);
      }
    }
    return rows.map((row) => all.get(row) ?? new Float32Array(0));
  }

  close(row: PooledRow): void {
    if (!this.#rows.includes(row)) return;
    this.#rows = this.#rows.filter((other) => other !== row);
    this.#prefixes.keep(row);
    row.block.remove(row);
    if (row.joined) this.#unsettled = true;
    if (this.#rows.length > 0) return;
    this.#blocks = [];
    this.#scratch = [];
    this.#logits = new Float32Array(0);
  }

  release(): Promise<void> {
    return this.#graph.release();
  }

  /** Where the longest beginning of a prompt lies: in an ended sequence or in one that runs. At least one token stays to be fed. */
  #longestPrefix(prompt: readonly number[]) {
    const kept = this.#prefixes.longest(prompt);
    let best = kept && {
      length: kept.length,
      data: kept.kept.data,
      capacity: kept.kept.tokens.length,
      index: 0,
    };
    for (const { tokens, block, index } of this.#rows) {
      const length = sharedLength(tokens, prompt);
      if (length > (best?.length ?? 0)) best = { length, data: block.data, capacity: block.capacity, index };
    }
    return best && { ...best, length: Math.min(best.length, prompt.length - 1) };
  }

  /** One run over a block, one token for each of its sequences. */
  async #step(block: CacheBlock, tokens: number[], offset: number): Promise<Float32Array[]> {
    const { rows } = block;
    const { grouped } = this.#graph.layout;
    const lengths = rows.map((row) => row.tokens.length);
    const width = grouped ? Math.max(...lengths) + 1 : block.capacity + 1;
    const mask = new BigInt64Array(rows.length * width);
    for (const [i, length] of lengths.entries()) {
      mask.fill(1n, i * width, i * width + length);
      mask[grouped ? i * width + length : (i + 1) * width - 1] = 1n;
    }
    const past = this.#tensors(block);
    const inPlace = this.#options.writesInPlace;
    const { logits, present } = await this.#graph.run({
      rows: rows.length,
      ids: BigInt64Array.from(tokens, BigInt),
      positions: BigInt64Array.from(lengths, BigInt),
      mask,
      past,
      present: inPlace ? (grouped ? past : this.#scratchTensors(block)) : undefined,
      logits: inPlace ? this.#logitsMemory(offset, rows.length) : undefined,
    });
    if (!grouped) block.takeLast(present.map(dataOf));
    else if (present[0] !== past[0]) block.adopt(present.map(dataOf), present[0]?.dims[2] ?? width);
    return logits;
  }

  /** Brings the sequences that decode into the blocks in which they run cheapest. */
  #settle(rows: readonly PooledRow[]): void {
    for (const row of rows) {
      if (!row.joined || row.length >= row.block.capacity) this.#unsettled = true;
      row.joined = true;
    }
    if (!this.#unsettled) return;
    this.#unsettled = false;
    const ordered = rows.toSorted((a, b) => b.length - a.length);
    const ends = arrange(
      ordered.map((row) => row.length),
      this.#costs,
    );
    this.#blocks = ends.map((end, i) => this.#gather(ordered.slice(ends[i - 1] ?? 0, end)));
  }

  /** A block that holds just these sequences, the longest first. */
  #gather(members: PooledRow[]): CacheBlock {
    const capacity = this.#costs.capacity(members[0]?.length ?? 0);
    const fits = (block: CacheBlock) =>
      block.capacity === capacity &&
      block.room >= members.length &&
      block.rows.every((row) => members.includes(row as PooledRow));
    const home = members.map((row) => row.block).find(fits);
    const block = home ?? new CacheBlock(this.#graph.layout, powerOfTwo(members.length, 1), capacity);
    for (const row of members) if (row.block !== block) block.admit(row);
    return block;
  }

  #resize(row: PooledRow, capacity: number): void {
    if (row.block.capacity === capacity) return;
    const larger = new CacheBlock(this.#graph.layout, 1, capacity);
    larger.admit(row);
  }

  /** Room for the logits of `count` sequences behind those of `offset` others in the same step. */
  #logitsMemory(offset: number, count: number): Float32Array | undefined {
    const { layout, config } = this.#graph;
    if (layout.logitsType !== "float32") return undefined;
    const size = this.#rows.length * config.vocabulary;
    // Never in the middle of a step: what its first runs gave is still to be read.
    if (offset === 0 && this.#logits.length < size) this.#logits = new Float32Array(size);
    const memory = this.#logits.subarray(offset * config.vocabulary);
    return memory.length < count * config.vocabulary ? undefined : memory;
  }

  #tensors(block: CacheBlock): OrtTensor[] {
    return block.tensors((data, dims) => this.#graph.cacheTensor(data, dims));
  }

  /** Room for the outputs of a step: one slot more than the block has. */
  #scratchTensors({ rows, capacity }: CacheBlock): OrtTensor[] {
    const { cache, cacheType } = this.#graph.layout;
    return cache.map(({ heads, headSize }, i) => {
      const size = rows.length * heads * (capacity + 1) * headSize;
      let memory = this.#scratch[i];
      if (!memory || memory.length < size) {
        memory = cacheType === "float32" ? new Float32Array(size) : new Uint16Array(size);
        this.#scratch[i] = memory;
      }
      return this.#graph.cacheTensor(memory.subarray(0, size), [rows.length, heads, capacity + 1, headSize]);
    });
  }
}

function dataOf(tensor: OrtTensor): CacheData {
  const data = bitsOf(tensor.data);
  if (!data) throw new AppError("unprocessable", "The graph's cache is not as it announced it.");
  return data;
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

function powerOfTwo(value: number, least: number): number {
  return Math.max(least, 2 ** Math.ceil(Math.log2(value)));
}
