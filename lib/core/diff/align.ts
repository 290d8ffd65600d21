import { wordPieces } from "./word-pieces";

/** More pairs than this are not compared one by one. */
const mostPairs = 40_000;
/** Characters are cut by the dictionary of their language only in short texts; here a likeness is enough. */
const roughly = Number.POSITIVE_INFINITY;

type Bag = Map<string, number>;

function bagOf(text: string): { bag: Bag; size: number } {
  const bag: Bag = new Map();
  let size = 0;
  for (const piece of wordPieces(text, roughly)) {
    if (piece.trim() === "") continue;
    bag.set(piece, (bag.get(piece) ?? 0) + 1);
    size++;
  }
  return { bag, size };
}

/** How much of the words of two texts is the same, from 0 to 1 (Dice's coefficient over bags of words). */
export function likeness(
  before: readonly string[],
  after: readonly string[],
): (i: number, j: number) => number {
  const a = before.map(bagOf);
  const b = after.map(bagOf);
  return (i, j) => {
    if (before[i] === after[j]) return 1;
    const [one, other] = [a[i], b[j]];
    if (!one || !other || one.size + other.size === 0) return 0;
    const [small, large] = one.bag.size < other.bag.size ? [one.bag, other.bag] : [other.bag, one.bag];
    let shared = 0;
    for (const [word, count] of small) shared += Math.min(count, large.get(word) ?? 0);
    return (2 * shared) / (one.size + other.size);
  };
}

/**
 * Pairs of elements that follow one another in both sequences and are most alike in all; what is 0 is never
 * paired. Where there are too many to compare, in their order.
 */
export function alignAlike(
  before: number,
  after: number,
  alike: (i: number, j: number) => number,
): [number, number][] {
  const pairs: [number, number][] = [];
  if (before * after > mostPairs) {
    for (let i = 0; i < Math.min(before, after); i++) if (alike(i, i) > 0) pairs.push([i, i]);
    return pairs;
  }
  const width = after + 1;
  const best = new Float64Array((before + 1) * width);
  const score = new Float64Array((before + 1) * width);
  const get = (of: Float64Array, i: number, j: number) => of[i * width + j] ?? 0;
  for (let i = before - 1; i >= 0; i--) {
    for (let j = after - 1; j >= 0; j--) {
      const own = alike(i, j);
      score[i * width + j] = own;
      const paired = own > 0 ? own + get(best, i + 1, j + 1) : 0;
      best[i * width + j] = Math.max(paired, get(best, i + 1, j), get(best, i, j + 1));
    }
  }
  for (let i = 0, j = 0; i < before && j < after; ) {
    const own = get(score, i, j);
    const here = get(best, i, j);
    if (own > 0 && here === own + get(best, i + 1, j + 1)) pairs.push([i++, j++]);
    else if (here === get(best, i + 1, j)) i++;
    else j++;
  }
  return pairs;
}
