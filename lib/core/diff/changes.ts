import { type EditScript, editScript } from "./edit-script";

/** Elements `start` to `end` of the one sequence became `from` to `to` of the other; ends are not included. */
export interface SequenceChange {
  start: number;
  end: number;
  from: number;
  to: number;
}

type Pair = [number, number];

/** A million takes about 20 ms on an ordinary machine. */
const mostSteps = 2_000_000;

function numbered(sequences: (readonly string[])[]): Int32Array[] {
  const numbers = new Map<string, number>();
  return sequences.map((sequence) =>
    Int32Array.from(sequence, (element) => {
      const known = numbers.get(element) ?? numbers.size;
      numbers.set(element, known);
      return known;
    }),
  );
}

/** Between kept pairs, in order, stand the changes. */
function between(pairs: Iterable<Pair>, before: number, after: number): SequenceChange[] {
  const changes: SequenceChange[] = [];
  let start = 0;
  let from = 0;
  const close = (end: number, to: number) => {
    if (end > start || to > from) changes.push({ start, end, from, to });
    start = end + 1;
    from = to + 1;
  };
  for (const [end, to] of pairs) close(end, to);
  close(before, after);
  return changes;
}

/** What a script keeps of both. */
function keptBy({ removed, added }: EditScript): Pair[] {
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < removed.length; i++) {
    if (removed[i]) continue;
    while (added[j]) j++;
    pairs.push([i, j++]);
  }
  return pairs;
}

/** Elements that stand once in each sequence, where they follow one another in both: the longest such row. */
function anchors(a: Int32Array, b: Int32Array): Pair[] {
  const places = new Map<number, { i: number; j: number; count: number }>();
  a.forEach((number, i) => {
    const place = places.get(number);
    if (place) place.count = 3;
    else places.set(number, { i, j: -1, count: 1 });
  });
  b.forEach((number, j) => {
    const place = places.get(number);
    if (place) Object.assign(place, { j, count: place.count + 1 });
  });
  const unique = [...places.values()].filter(({ count }) => count === 2);
  const ends: number[] = [];
  const previous: number[] = [];
  unique.forEach(({ j }, index) => {
    let low = 0;
    for (let high = ends.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((unique[ends[middle] ?? 0]?.j ?? 0) < j) low = middle + 1;
      else high = middle;
    }
    previous[index] = ends[low - 1] ?? -1;
    ends[low] = index;
  });
  const row: Pair[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const { i, j } = unique[index] ?? { i: 0, j: 0 };
    row.push([i, j]);
  }
  return row.reverse();
}

/** Where a shortest script takes too long: between anchors, as long as the budget lasts. */
function anchored(a: Int32Array, b: Int32Array): SequenceChange[] {
  const row = anchors(a, b);
  const budget = { steps: mostSteps };
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...row, [a.length, b.length] as Pair]) {
    const script = editScript(a.subarray(i, nextI), b.subarray(j, nextJ), budget);
    budget.steps = Math.max(0, budget.steps);
    for (const [x, y] of script ? keptBy(script) : []) pairs.push([i + x, j + y]);
    if (nextI < a.length) pairs.push([nextI, nextJ]);
    i = nextI + 1;
    j = nextJ + 1;
  }
  return between(pairs, a.length, b.length);
}

/** What stands in its old place, where both are as long; null where that is not the most that can be kept. */
function inPlace(a: Int32Array, b: Int32Array, removed: number): SequenceChange[] | null {
  if (a.length !== b.length) return null;
  const pairs: Pair[] = [];
  a.forEach((number, i) => {
    if (number === b[i]) pairs.push([i, i]);
  });
  return a.length - pairs.length <= removed ? between(pairs, a.length, b.length) : null;
}

/**
 * What was changed in a sequence, shortest where that is found within about a tenth of a second. Of two ways
 * that keep as much, elements that stay where they are count as the same.
 */
export function sequenceChanges(before: readonly string[], after: readonly string[]): SequenceChange[] {
  const [a = new Int32Array(), b = new Int32Array()] = numbered([before, after]);
  const script = editScript(a, b, { steps: mostSteps });
  if (!script) return inPlace(a, b, a.length / 2) ?? anchored(a, b);
  const removed = script.removed.reduce((sum, one) => sum + one, 0);
  const place = inPlace(a, b, removed);
  if (place) return place;
  return between(keptBy(script), a.length, b.length);
}
