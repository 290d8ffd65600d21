import type { ModelManifest } from "../schema";

export const lexicalDimensions = 384;

/** Longest input, in words. */
export const lexicalContext = 8192;

export const lexicalManifest: ModelManifest = {
  name: "grain-embed",
  task: "embedding",
  description:
    "Lexical embedder: hashed words and character n-grams. Finds shared wording, also misspelt; knows no meanings.",
  license: "Apache-2.0",
  parameters: 0,
  context: lexicalContext,
  dimensions: lexicalDimensions,
  files: [],
};

// Scripts written without spaces: there every character counts as a word.
const wordPattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{N}\p{M}]+/gu;

/** A run of letters longer than this is cut: no word, and its n-grams would cost without bound. */
const longestWord = 64;

const wordWeight = 1;
const ngramWeight = 0.5;
const shortestNgram = 3;
const longestNgram = 5;

/** Words of a text after NFKC and case folding (upper case first, so that ß meets SS), lazily. */
export function* lexicalWords(text: string): Generator<string> {
  for (const [run] of text.normalize("NFKC").toUpperCase().toLowerCase().matchAll(wordPattern)) {
    for (let at = 0; at < run.length; at += longestWord) yield run.slice(at, at + longestWord);
  }
}

/**
 * Collects words into one vector:
 *
 *   v[h(f) mod 384] += s(f) * w(f) * (1 + ln tf(f)),  then v / |v|
 *
 * where f are the words and the character n-grams (3 to 5) of `<word>`, tf how often f occurs in the text,
 * w = 1 for words and 0.5 for n-grams, h a 32-bit hash and s = ±1 its top bit (signed hashing, Weinberger et
 * al. 2009: collisions cancel instead of adding up). Marked ends tell prefixes and suffixes from middles.
 * A text without words gives the zero vector.
 */
export class LexicalVector {
  readonly #counts = new Map<number, { count: number; weight: number }>();
  #words = 0;

  get words(): number {
    return this.#words;
  }

  add(word: string): void {
    this.#words++;
    const marked = Array.from(`<${word}>`, (character) => character.codePointAt(0) ?? 0);
    this.#count(finish(marked.reduce(mix, wordSeed)), wordWeight);
    for (let from = 0; from + shortestNgram <= marked.length; from++) {
      let state = ngramSeed;
      const end = Math.min(from + longestNgram, marked.length);
      for (let at = from; at < end; at++) {
        state = mix(state, marked[at] ?? 0);
        if (at - from + 1 >= shortestNgram) this.#count(finish(state), ngramWeight);
      }
    }
  }

  vector(): Float32Array {
    const sums = new Float64Array(lexicalDimensions);
    for (const [feature, { count, weight }] of this.#counts) {
      const at = (feature & 0x7fffffff) % lexicalDimensions;
      sums[at] = (sums[at] ?? 0) + (feature >>> 31 ? -1 : 1) * weight * (1 + Math.log(count));
    }
    const length = Math.hypot(...sums);
    return Float32Array.from(sums, (value) => (length === 0 ? 0 : value / length));
  }

  #count(feature: number, weight: number): void {
    const known = this.#counts.get(feature);
    if (known) known.count++;
    else this.#counts.set(feature, { count: 1, weight });
  }
}

// The offset basis of FNV-1a; a second start keeps a word apart from the n-gram of the same letters.
const wordSeed = 0x811c9dc5;
const ngramSeed = 0x811c9dc5 ^ 0x5bd1e995;

/** One step of FNV-1a, over code points. */
function mix(state: number, codePoint: number): number {
  return Math.imul(state ^ codePoint, 0x01000193);
}

/** murmur3's final mixing, so that all bits depend on all characters. */
function finish(state: number): number {
  let h = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
