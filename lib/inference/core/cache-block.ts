import type { CacheData } from "./float16";
import type { GraphLayout } from "./graph-layout";
import type { OrtTensor } from "./ort";

/** A sequence whose cache lies in a block. */
export interface CachedRow {
  /** All tokens whose keys and values are held, in order. */
  tokens: number[];
  block: CacheBlock;
  /** Place in the block. */
  index: number;
}

/**
 * Caches of several sequences side by side, as a run takes them: each of the layout's tensors is
 * [room, heads, capacity, headSize] in memory of ours, of which the first rows are in use. A sequence lies
 * left-aligned: token t in slot t.
 */
export class CacheBlock {
  readonly layout: GraphLayout;
  readonly rows: CachedRow[] = [];
  /** Sequences that there is memory for. */
  room: number;
  /** Slots per sequence. */
  capacity: number;
  data: CacheData[];
  /** Tensors over the first rows, kept while neither they nor the memory change. */
  #tensors: { count: number; list: OrtTensor[] } | undefined;

  constructor(layout: GraphLayout, room: number, capacity: number) {
    this.layout = layout;
    this.room = room;
    this.capacity = capacity;
    this.data = this.#memory();
  }

  /** Gives every sequence this many slots, no fewer than it has tokens. */
  resize(capacity: number): void {
    if (this.capacity === capacity) return;
    const { data, capacity: before } = this;
    this.capacity = capacity;
    this.data = this.#memory();
    this.#tensors = undefined;
    for (const { index, tokens } of this.rows) this.copy(data, before, index, index, tokens.length);
  }

  /** Takes over what a run gave: tensors [rows in use, heads, capacity, headSize]. */
  adopt(data: CacheData[], capacity: number): void {
    this.data = data;
    this.capacity = capacity;
    this.room = this.rows.length;
    this.#tensors = undefined;
  }

  tensors(make: (data: CacheData, dims: readonly number[]) => OrtTensor): OrtTensor[] {
    const count = this.rows.length;
    if (this.#tensors?.count === count) return this.#tensors.list;
    const list = this.layout.cache.map(({ heads, headSize }, i) => {
      const used = this.data[i]?.subarray(0, count * heads * this.capacity * headSize) as CacheData;
      return make(used, [count, heads, this.capacity, headSize]);
    });
    this.#tensors = { count, list };
    return list;
  }

  /** Puts a sequence in, from another block or from nowhere; there must be room. */
  admit(row: CachedRow): void {
    const index = this.rows.length;
    if (row.block !== this) {
      this.copy(row.block.data, row.block.capacity, row.index, index, row.tokens.length);
      row.block.remove(row);
    }
    row.block = this;
    row.index = index;
    this.rows.push(row);
  }

  /** Takes a sequence out; the last one moves to its place. */
  remove(row: CachedRow): void {
    if (this.rows[row.index] !== row) return;
    const last = this.rows.pop();
    if (!last || last === row) return;
    this.copy(this.data, this.capacity, last.index, row.index, last.tokens.length);
    last.index = row.index;
    this.rows[last.index] = last;
  }

  /** Copies the first `length` slots of a row of tensors like ours into row `index`. */
  copy(from: readonly CacheData[], capacity: number, fromIndex: number, index: number, length: number): void {
    for (const [i, { heads, headSize }] of this.layout.cache.entries()) {
      const source = from[i] as CacheData;
      const target = this.data[i] as CacheData;
      for (let head = 0; head < heads; head++) {
        const start = (fromIndex * heads + head) * capacity * headSize;
        const at = (index * heads + head) * this.capacity * headSize;
        target.set(source.subarray(start, start + length * headSize), at);
      }
    }
  }

  /**
   * Copies `count` slots of each row of `from`, whose rows have `width` slots, into that row's first free slots;
   * they begin at `at`.
   */
  write(from: readonly CacheData[], width: number, at: number, count: number): void {
    for (const [i, { heads, headSize }] of this.layout.cache.entries()) {
      const source = from[i] as CacheData;
      const target = this.data[i] as CacheData;
      for (const { index, tokens } of this.rows) {
        for (let head = index * heads; head < (index + 1) * heads; head++) {
          const start = (head * width + at) * headSize;
          const free = (head * this.capacity + tokens.length) * headSize;
          for (let j = 0; j < count * headSize; j++) target[free + j] = source[start + j] as number;
        }
      }
    }
  }

  #memory(): CacheData[] {
    const { cache, cacheType } = this.layout;
    const Data = cacheType === "float32" ? Float32Array : Uint16Array;
    return cache.map(({ heads, headSize }) => new Data(this.room * heads * this.capacity * headSize));
  }
}
