import { AppError } from "@/lib/core";
import { arrange, type RunCosts } from "./arrangement";
import { CacheBlock, type CachedRow } from "./cache-block";
import type { Decoder, DecoderRow } from "./decoder";
import type { CacheData } from "./float16";
import type { DecoderGraph } from "./graph";
import { bytesPerToken } from "./graph-layout";
import type { OrtTensor } from "./ort";
import { PrefixCache, sharedLength } from "./prefix-cache";
import { type SlotRules, slotRules } from "./slot-rules";

export interface PoolOptions {
  /** Bytes of all weights: what one more run costs. */
  weightBytes: number;
  /** The runtime writes outputs into memory that it is given. */
  writesInPlace: boolean;
  /** Bytes that ended sequences may keep. */
  prefixBytes: number;
  /** Why the graph is one that copies the cache, if it is. */
  copies?: string;
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

/**
 * Sequences side by side in memory of ours, one run for those of similar length. Each lies left-aligned in its
 * slots; the mask hides what is behind it.
 */
export class PooledDecoder implements Decoder<PooledRow> {
  readonly copies: string | undefined;
  readonly #graph: DecoderGraph;
  readonly #options: PoolOptions;
  readonly #rules: SlotRules;
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
    this.copies = options.copies;
    this.#rules = slotRules(graph.layout.cacheForm, graph.config.context);
    const { moves, capacity } = this.#rules;
    const slotBytes = bytesPerToken(graph.layout) * moves;
    this.#costs = { weightBytes: options.weightBytes, slotBytes, capacity };
    this.#prefixes = new PrefixCache(options.prefixBytes);
  }

  open(prompt: readonly number[]): PooledRow {
    const { layout } = this.#graph;
    const source = this.#longestPrefix(prompt);
    const reused = source && source.length >= worthReusing ? source.length : 0;
    const capacity = this.#rules.promptCapacity(reused, prompt.length - reused, 0);
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
    const { length, block } = row;
    block.resize(this.#rules.promptCapacity(length, tokens.length, block.capacity));
    const past = this.#tensors(block);
    const { logits, present } = await this.#graph.run({
      rows: 1,
      ids: BigInt64Array.from(tokens, BigInt),
      positions: BigInt64Array.from(tokens, (_, i) => BigInt(length + i)),
      mask: this.#rules.mask([length], block.capacity, tokens.length),
      past,
      present: this.#options.writesInPlace && this.#rules.outputSlots(0) === undefined ? past : undefined,
    });
    this.#rules.take(block, present, past, tokens.length);
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
    const lengths = rows.map((row) => row.tokens.length);
    const past = this.#tensors(block);
    const { writesInPlace } = this.#options;
    const { logits, present } = await this.#graph.run({
      rows: rows.length,
      ids: BigInt64Array.from(tokens, BigInt),
      positions: BigInt64Array.from(lengths, BigInt),
      mask: this.#rules.mask(lengths, block.capacity, 1),
      past,
      present: writesInPlace ? this.#outputs(block, past) : undefined,
      logits: writesInPlace ? this.#logitsMemory(offset, rows.length) : undefined,
    });
    this.#rules.take(block, present, past, 1);
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
    const block = home ?? new CacheBlock(this.#graph.layout, powerOfTwo(members.length), capacity);
    for (const row of members) if (row.block !== block) block.admit(row);
    return block;
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

  /** Room for what a step makes of the cache. */
  #outputs({ rows, capacity }: CacheBlock, past: OrtTensor[]): OrtTensor[] {
    const slots = this.#rules.outputSlots(capacity);
    if (slots === undefined) return past;
    const { cache, cacheType } = this.#graph.layout;
    return cache.map(({ heads, headSize }, i) => {
      const size = rows.length * heads * slots * headSize;
      let memory = this.#scratch[i];
      if (!memory || memory.length < size) {
        memory = cacheType === "float32" ? new Float32Array(size) : new Uint16Array(size);
        this.#scratch[i] = memory;
      }
      return this.#graph.cacheTensor(memory.subarray(0, size), [rows.length, heads, slots, headSize]);
    });
  }
}

function powerOfTwo(value: number): number {
  return 2 ** Math.ceil(Math.log2(value));
}
