import { describe, expect, it } from "vitest";
import { seededRandom } from "@/lib/inference/core/random";
import { picker, written } from "./support";

interface Bounds {
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  exclusiveMaximum?: number;
}

function isWithin(value: number, bounds: Bounds): boolean {
  const { minimum = -1e300, exclusiveMinimum = -1e300, maximum = 1e300, exclusiveMaximum = 1e300 } = bounds;
  return value >= minimum && value > exclusiveMinimum && value <= maximum && value < exclusiveMaximum;
}

function randomBounds(low: number, high: number, random: () => number): Bounds {
  const { chance } = picker(random);
  return {
    ...(chance(0.8) ? { [chance(0.5) ? "minimum" : "exclusiveMinimum"]: low } : {}),
    ...(chance(0.8) ? { [chance(0.5) ? "maximum" : "exclusiveMaximum"]: high } : {}),
  };
}

describe("bounds of numbers", () => {
  it("let through exactly the integers within", () => {
    const random = seededRandom(21);
    const { below, of } = picker(random);
    const candidates = [
      ...Array.from({ length: 321 }, (_, i) => i - 160),
      999,
      1000,
      1001,
      99999,
      -5000,
      123456789,
    ];
    for (let round = 0; round < 150; round++) {
      const low = below(260) - 150 + of(0, 0, 0.5, 900);
      const bounds = randomBounds(low, low + 2 + below(of(3, 30, 2000)), random);
      const texts = candidates.map(String);
      expect(written({ type: "integer", ...bounds }, ...texts), JSON.stringify(bounds)).toEqual(
        candidates.map((value) => isWithin(value, bounds)),
      );
    }
  });

  it("let through exactly the decimals within", () => {
    const random = seededRandom(22);
    const { below, of } = picker(random);
    const texts = Array.from({ length: 701 }, (_, i) => (i - 350) / 100)
      .flatMap((value) => [value.toFixed(2), value.toFixed(3), `${value.toFixed(2).slice(0, -1)}`])
      .filter((text) => !/^-[0.]+$/.test(text) && !text.endsWith("."));
    for (let round = 0; round < 60; round++) {
      const low = (below(600) - 350) / of(100, 100, 10, 1);
      const high = low + (1 + below(300)) / 100;
      const bounds = randomBounds(low, high, random);
      expect(written({ type: "number", ...bounds }, ...texts), JSON.stringify(bounds)).toEqual(
        texts.map((text) => isWithin(Number(text), bounds)),
      );
    }
  });

  it("hold for very small, very large and infinite ranges", () => {
    const positive = { type: "number", exclusiveMinimum: 0 };
    expect(written(positive, "0.000001", "123456789", "0", "0.0", "-1")).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    const large = { type: "integer", minimum: 999_999_999_999_990, maximum: 1e300 };
    expect(written(large, "999999999999995", "999999999999989", "1000000000000000")).toEqual([
      true,
      false,
      false,
    ]);
    expect(written({ type: "number", minimum: 0, maximum: 1e300 }, "5.25", "-5")).toEqual([true, false]);
  });

  it("leave no way to write -0, leading zeros or a bare point", () => {
    const texts = ["-0", "00", "01", "1.", ".5", "+1", "-"];
    expect(written({ type: "number", minimum: -5, maximum: 5 }, ...texts)).toEqual(texts.map(() => false));
    expect(written({ type: "integer" }, ...texts, "1.0", "1e3")).toEqual([...texts, "", ""].map(() => false));
  });
});
