import type { CachedRow } from "./cache-block";
import type { CacheData } from "./float16";
import { bytesPerToken } from "./graph-layout";

interface Kept {
  tokens: readonly number[];
  /** [heads, tokens, headSize] each. */
  data: CacheData[];
  bytes: number;
}

/** Keys and values of ended sequences, for prompts that begin like them: shared instructions, a conversation's next turn. */
export class PrefixCache {
  readonly #limit: number;
  /** The one used last is the last. */
  #kept: Kept[] = [];
  #bytes = 0;

  /** `limit` in bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The longest beginning of `tokens` that is held. */
  longest(tokens: readonly number[]): { kept: Kept; length: number } | undefined {
    let found: { kept: Kept; length: number } | undefined;
    for (const kept of this.#kept) {
      const length = sharedLength(kept.tokens, tokens);
      if (length > (found?.length ?? 0)) found = { kept, length };
    }
    if (found) this.#touch(found.kept);
    return found;
  }

  /** Keeps what a sequence that ends leaves behind. */
  keep(row: CachedRow): void {
    const { tokens, block, index } = row;
    const known = this.longest(tokens);
    if (known && known.length === tokens.length) return;
    const bytes = bytesPerToken(block.layout) * tokens.length;
    if (bytes > this.#limit) return;
    // What the new one begins with, it also holds.
    if (known && known.length === known.kept.tokens.length) this.#drop(known.kept);
    while (this.#bytes + bytes > this.#limit && this.#kept[0]) this.#drop(this.#kept[0]);
    const data = block.layout.cache.map(({ heads, headSize }, i) => {
      const source = block.data[i] as CacheData;
      const copy =
        source instanceof Float32Array
          ? new Float32Array(heads * tokens.length * headSize)
          : new Uint16Array(heads * tokens.length * headSize);
      for (let head = 0; head < heads; head++) {
        const from = (index * heads + head) * block.capacity * headSize;
        copy.set(source.subarray(from, from + tokens.length * headSize), head * tokens.length * headSize);
      }
      return copy;
    });
    this.#kept.push({ tokens: [...tokens], data, bytes });
    this.#bytes += bytes;
  }

  #touch(kept: Kept): void {
    this.#kept = [...this.#kept.filter((other) => other !== kept), kept];
  }

  #drop(kept: Kept): void {
    this.#kept = this.#kept.filter((other) => other !== kept);
    this.#bytes -= kept.bytes;
  }
}

export function sharedLength(a: readonly number[], b: readonly number[]): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length++;
  return length;
}
