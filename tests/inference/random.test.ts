import { describe, expect, it } from "vitest";
import { randomSeed, seededRandom } from "@/lib/inference/core/random";

const take = (seed: number, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

describe("seededRandom", () => {
  it("gives the same numbers for the same seed", () => {
    expect(take(42, 1000)).toEqual(take(42, 1000));
  });

  it("gives the numbers that saved seeds promise", () => {
    expect(take(1, 3)).toMatchInlineSnapshot(`
      [
        0.4242606594744722,
        0.234607063171407,
        0.7229743639432249,
      ]
    `);
    expect(take(-5, 1)).toMatchInlineSnapshot(`
      [
        0.38222815299547797,
      ]
    `);
    expect(take(Number.MAX_SAFE_INTEGER, 1)).toMatchInlineSnapshot(`
      [
        0.7253728953723086,
      ]
    `);
  });

  it("tells seeds apart that differ only above 32 bits, or by one", () => {
    const firsts = [7, 8, 7 + 2 ** 32, 7 + 2 ** 40, -7].map((seed) => take(seed, 1)[0]);
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it("is even: every tenth holds a tenth of the numbers", () => {
    const counts = new Array<number>(10).fill(0);
    for (const value of take(3, 100_000))
      counts[Math.floor(value * 10)] = (counts[Math.floor(value * 10)] ?? 0) + 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it("stays below one", () => {
    expect(Math.max(...take(9, 50_000))).toBeLessThan(1);
    expect(Math.min(...take(9, 50_000))).toBeGreaterThanOrEqual(0);
  });
});

describe("randomSeed", () => {
  it("is a safe integer and seldom twice the same", () => {
    const seeds = Array.from({ length: 100 }, randomSeed);
    expect(seeds.every(Number.isSafeInteger)).toBe(true);
    expect(new Set(seeds).size).toBe(100);
  });
});
