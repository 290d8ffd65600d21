/** Code points as sorted, disjoint, non-adjacent inclusive ranges: low, high, low, high... Never surrogates. */
export type CharSet = readonly number[];

const LAST = 0x10ffff;
const SURROGATES: [number, number] = [0xd800, 0xdfff];

export const anyChar: CharSet = [0, SURROGATES[0] - 1, SURROGATES[1] + 1, LAST];

/** @param ranges inclusive pairs in any order; surrogates are left out. */
export function charSet(ranges: readonly (readonly [number, number])[]): CharSet {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const merged: number[] = [];
  for (const [low, high] of sorted) {
    const last = merged.length - 1;
    if (last > 0 && low <= (merged[last] ?? 0) + 1) merged[last] = Math.max(merged[last] ?? 0, high);
    else merged.push(low, high);
  }
  return intersectSets(merged, anyChar);
}

export function oneChar(code: number): CharSet {
  return charSet([[code, code]]);
}

export function charsOf(text: string): CharSet {
  return charSet(Array.from(text, (char) => [char.codePointAt(0) ?? 0, char.codePointAt(0) ?? 0] as const));
}

export function rangesOf(set: CharSet): [number, number][] {
  const ranges: [number, number][] = [];
  for (let i = 0; i < set.length; i += 2) ranges.push([set[i] ?? 0, set[i + 1] ?? 0]);
  return ranges;
}

export function unionSets(...sets: CharSet[]): CharSet {
  return charSet(sets.flatMap(rangesOf));
}

export function intersectSets(a: CharSet, b: CharSet): CharSet {
  const both: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const low = Math.max(a[i] ?? 0, b[j] ?? 0);
    const high = Math.min(a[i + 1] ?? 0, b[j + 1] ?? 0);
    if (low <= high) both.push(low, high);
    if ((a[i + 1] ?? 0) < (b[j + 1] ?? 0)) i += 2;
    else j += 2;
  }
  return both;
}

export function negateSet(set: CharSet): CharSet {
  const gaps: number[] = [];
  let from = 0;
  for (const [low, high] of rangesOf(set)) {
    if (low > from) gaps.push(from, low - 1);
    from = high + 1;
  }
  if (from <= LAST) gaps.push(from, LAST);
  return intersectSets(gaps, anyChar);
}
