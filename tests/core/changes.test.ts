import { describe, expect, it } from "vitest";
import { alignAlike, mergeSequences, type SequenceChange, sequenceChanges } from "@/lib/core";
import { Random } from "../access/model/random";

function applied(
  before: readonly string[],
  after: readonly string[],
  changes: readonly SequenceChange[],
): string[] {
  const result: string[] = [];
  let at = 0;
  for (const { start, end, from, to } of changes) {
    expect(start).toBeGreaterThanOrEqual(at);
    result.push(...before.slice(at, start), ...after.slice(from, to));
    at = end;
  }
  return [...result, ...before.slice(at)];
}

/** Two sequences of so many of so many words; some of the one stands in the other. */
function two(random: Random, size: number, words: number): [string[], string[]] {
  const word = () => `w${random.below(words)}`;
  const before = Array.from({ length: random.below(size) }, word);
  const after = before.flatMap((one) =>
    random.chance(0.3) ? [] : random.chance(0.3) ? [one, word()] : [one],
  );
  return [before, after];
}

describe("what changed in a sequence", () => {
  it("turns the one into the other, and touches nothing twice", () => {
    for (let seed = 0; seed < 1_000; seed++) {
      const random = new Random(seed);
      const [before, after] = two(random, 30, random.pick([2, 5, 100]));
      expect(applied(before, after, sequenceChanges(before, after)), `seed ${seed}`).toEqual(after);
    }
  });

  it("does so where a shortest way is out of reach, by what stands in both once", () => {
    const random = new Random(7);
    const before = Array.from({ length: 30_000 }, (_, i) => `line ${i}`);
    const after = before.flatMap((line, i) => (random.chance(0.4) ? [`new ${i}`, `other ${i}`] : [line]));
    const start = performance.now();
    const changes = sequenceChanges(before, after);
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(applied(before, after, changes)).toEqual(after);
    const here = new Set(after);
    const kept = before.length - changes.reduce((sum, { start: s, end }) => sum + end - s, 0);
    expect(kept).toBe(before.filter((line) => here.has(line)).length);
  });

  it("leaves in its place what stays there", () => {
    expect(sequenceChanges(["a", "a", "b", "a"], ["x", "a", "y", "a"])).toEqual([
      { start: 0, end: 1, from: 0, to: 1 },
      { start: 2, end: 3, from: 2, to: 3 },
    ]);
  });
});

describe("a merge of sequences", () => {
  it("covers all three, in order, once", () => {
    for (let seed = 0; seed < 1_000; seed++) {
      const random = new Random(seed);
      const [base, theirs] = two(random, 20, 4);
      const mine = base.flatMap((one) => (random.chance(0.2) ? [] : random.chance(0.2) ? [one, "m"] : [one]));
      const stretches = mergeSequences(base, theirs, mine);
      for (const [name, sequence] of Object.entries({ base, theirs, mine })) {
        let at = 0;
        for (const stretch of stretches) {
          const [start, end] = stretch[name as "base" | "theirs" | "mine"];
          expect(start, `seed ${seed} ${name}`).toBe(at);
          at = end;
        }
        expect(at).toBe(sequence.length);
      }
      const of = (name: "base" | "theirs" | "mine", range: readonly [number, number]) =>
        ({ base, theirs, mine })[name].slice(...range).join();
      for (const { changedBy, base: b, theirs: t, mine: m } of stretches) {
        if (changedBy === "none" || changedBy === "mine") expect(of("theirs", t)).toBe(of("base", b));
        if (changedBy === "none" || changedBy === "theirs") expect(of("mine", m)).toBe(of("base", b));
        if (changedBy === "both") expect(of("mine", m)).toBe(of("theirs", t));
        if (changedBy === "conflict") expect(of("mine", m)).not.toBe(of("theirs", t));
      }
    }
  });

  it("keeps every edit of different lines in a text too long for a shortest way", () => {
    const base = Array.from({ length: 20_000 }, (_, i) => `line ${i}`);
    const side = (name: string, which: number) =>
      base.flatMap((line, i) =>
        i % 4 === which ? [`${name} ${i}`, "more"].slice(0, 1 + (i % 8 === which ? 1 : 0)) : [line],
      );
    const stretches = mergeSequences(base, side("theirs", 0), side("mine", 2));
    expect(stretches.filter(({ changedBy }) => changedBy === "conflict")).toEqual([]);
    expect(stretches.filter(({ changedBy }) => changedBy === "theirs")).toHaveLength(5_000);
    expect(stretches.filter(({ changedBy }) => changedBy === "mine")).toHaveLength(5_000);
  });
});

describe("an alignment", () => {
  it("pairs what is most alike, in order, and never what is not", () => {
    const table = [
      [0.1, 1, 0],
      [0, 0.2, 0],
    ];
    expect(alignAlike(2, 3, (i, j) => table[i]?.[j] ?? 0)).toEqual([[0, 1]]);
    expect(alignAlike(2, 2, () => 0)).toEqual([]);
    expect(alignAlike(300, 300, (i, j) => (i === j ? 1 : 0))).toHaveLength(300);
  });
});
