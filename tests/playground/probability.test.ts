import { describe, expect, it } from "vitest";
import type { ScoredToken } from "@/lib/playground/document";
import {
  alternativesOf,
  doubtOf,
  percent,
  probabilityOf,
  probabilitySummary,
  visibleToken,
} from "@/lib/playground/probability";

const token = (name: string, probability: number, top: [string, number][] = []): ScoredToken => ({
  token: name,
  logprob: Math.log(probability),
  top: top.map(([other, share]) => [other, Math.log(share)]),
});

describe("probabilities of an answer", () => {
  it("are summed up as mean, perplexity and the least certain token", () => {
    const found = probabilitySummary([token("a", 0.5), token("b", 0.125), token("c", 1)]);
    expect(found?.mean).toBeCloseTo((0.5 + 0.125 + 1) / 3, 12);
    // The geometric mean of 2, 8 and 1.
    expect(found?.perplexity).toBeCloseTo(16 ** (1 / 3), 12);
    expect(found?.least).toBe(1);
  });

  it("have a perplexity of 1 when everything was certain and n when n tokens were equally likely", () => {
    expect(probabilitySummary([token("a", 1), token("b", 1)])?.perplexity).toBe(1);
    expect(probabilitySummary(Array.from({ length: 50 }, () => token("a", 1 / 7)))?.perplexity).toBeCloseTo(
      7,
      10,
    );
  });

  it("are not made up where there are none", () => {
    expect(probabilitySummary([])).toBeNull();
  });

  it("name the first of two equally uncertain tokens", () => {
    expect(probabilitySummary([token("a", 0.9), token("b", 0.2), token("c", 0.2)])?.least).toBe(1);
  });

  it("never exceed 1", () => {
    expect(probabilityOf(0.0009)).toBe(1);
    expect(probabilityOf(Number.NEGATIVE_INFINITY)).toBe(0);
  });

  it("fall into five steps of doubt", () => {
    expect([0.99, 0.9, 0.89, 0.7, 0.5, 0.4, 0.39, 0.15, 0.149, 0].map((p) => doubtOf(Math.log(p)))).toEqual([
      0, 0, 1, 1, 2, 2, 3, 3, 4, 4,
    ]);
  });

  it("are written without a false 0 or 100", () => {
    expect([1, 0.9996, 0.973, 0.5, 0.001, 0.0001, 0].map(percent)).toEqual([
      "100\u2009%",
      "> 99.9\u2009%",
      "97.3\u2009%",
      "50.0\u2009%",
      "0.1\u2009%",
      "< 0.1\u2009%",
      "< 0.1\u2009%",
    ]);
  });
});

describe("a token", () => {
  it("shows its spaces, line ends, bytes and invisible signs", () => {
    expect(visibleToken(" the")).toBe("␣the");
    expect(visibleToken("\n\n")).toBe("⏎⏎");
    expect(visibleToken("\tif\r")).toBe("⇥if␍");
    expect(visibleToken("\uFFFD")).toBe("▯");
    expect(visibleToken("a\u200Bb\u202E\u0000")).toBe("a<200B>b<202E><0000>");
    expect(visibleToken("")).toBe("∅");
    expect(visibleToken("日本")).toBe("日本");
  });

  it("stands once among its alternatives, the likeliest first", () => {
    const found = alternativesOf(
      token("b", 0.3, [
        ["a", 0.6],
        ["b", 0.3],
        ["c", 0.05],
      ]),
    );
    expect(found.map(({ token: name, chosen }) => [name, chosen])).toEqual([
      ["a", false],
      ["b", true],
      ["c", false],
    ]);
    expect(found[0]?.probability).toBeCloseTo(0.6, 12);
  });

  it("stands among them also when it was not one of the likeliest", () => {
    const found = alternativesOf(
      token("z", 0.01, [
        ["a", 0.6],
        ["b", 0.3],
      ]),
    );
    expect(found.map(({ token: name }) => name)).toEqual(["a", "b", "z"]);
  });
});
