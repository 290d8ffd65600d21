import { describe, expect, it } from "vitest";
import { widenHalves } from "@/lib/inference/core/float16";
import { seededRandom } from "@/lib/inference/core/random";
import { throughHalf, toHalves } from "../../models/export/half.mjs";

const widened = (values: number[]) => [...widenHalves(toHalves(values), 0, values.length)];

describe("numbers in 16 bits", () => {
  it("that have so few bits come back as they were", () => {
    const exact = [
      0,
      1,
      -2,
      0.5,
      65504,
      -65504,
      2 ** -14,
      2 ** -24,
      -3 * 2 ** -24,
      1023 * 2 ** -24,
      1 + 2 ** -10,
    ];
    expect(widened(exact)).toEqual(exact);
    expect(exact.map(throughHalf)).toEqual(exact);
  });

  it("are the nearest, the even one at a tie", () => {
    expect(widened([1 + 2 ** -11, 1 + 3 * 2 ** -11, 2047.5 * 2 ** -25, 65519, 65520])).toEqual([
      1,
      1 + 2 ** -9,
      1024 * 2 ** -24,
      65504,
      Number.POSITIVE_INFINITY,
    ]);
    const random = seededRandom(3);
    for (let round = 0; round < 2000; round++) {
      const value = (random() - 0.5) * 2 ** Math.floor(random() * 30 - 22);
      const [near = 0] = widened([value]);
      const step = Math.max(2 ** -24, 2 ** (Math.floor(Math.log2(Math.abs(value))) - 10));
      expect(Math.abs(near - value)).toBeLessThanOrEqual(step / 2);
      expect(throughHalf(value)).toBe(near);
    }
  });
});
