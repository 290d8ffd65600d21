import { describe, expect, it } from "vitest";
import { compareFiles, compareMetrics } from "@/lib/registry";
import { cardMetrics } from "@/lib/registry/card-metrics";
import { isOpenLicense } from "@/lib/registry/license";
import { aliasName } from "@/lib/registry/schema";
import { first, second } from "./pages";

describe("two versions", () => {
  it("differ by files that came, went and changed; the other way round came is went", () => {
    const changes = (files: ReturnType<typeof compareFiles>) =>
      files.map(({ path, change }) => `${change} ${path}`);
    expect(changes(compareFiles(first, second))).toEqual([
      "same config.json",
      "added new.json",
      "removed old.json",
      "changed onnx/model.onnx",
    ]);
    expect(changes(compareFiles(second, first))).toEqual([
      "same config.json",
      "removed new.json",
      "added old.json",
      "changed onnx/model.onnx",
    ]);
    expect(compareFiles(first, first).every(({ change }) => change === "same")).toBe(true);
  });

  it("are told apart by a figure only where the intervals do not touch", () => {
    expect(compareMetrics(first, second)).toEqual([
      { name: "sentiment", a: 0.653, b: 0.81, difference: expect.closeTo(0.157), isUnclear: false },
      { name: "topic", a: 0.717, b: null, difference: null, isUnclear: true },
    ]);
    const near = { ...second, metrics: second.metrics.map((metric) => ({ ...metric, low: 0.705 })) };
    expect(compareMetrics(first, near)[0]?.isUnclear).toBe(true);
  });
});

describe("a licence", () => {
  it.each([
    "Apache-2.0",
    "apache-2.0",
    "MIT",
    "mit license",
    "BSD-3-Clause",
    "CC0-1.0",
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "Apache License v2.0",
    "BSL-1.0",
    "0BSD",
    "MPL2.0",
    "Unlicense",
  ])("%s asks for nothing", (license) => expect(isOpenLicense(license)).toBe(true));
  it.each([
    "unknown",
    "",
    "other",
    "Gemma Terms of Use",
    "Llama 3.2 Community",
    "CC-BY-NC-4.0",
    "MIT with conditions",
    "commitment",
    "mitigated",
    "openrail",
  ])("%j has to be accepted", (license) => expect(isOpenLicense(license)).toBe(false));

  it("is read in time that grows with its text, whatever a hub writes there", () => {
    expect(isOpenLicense(`mit${"1".repeat(100_000)}x`)).toBe(false);
    expect(isOpenLicense(`mit${" 2-clause".repeat(10_000)} x`)).toBe(false);
  });
});

describe("scores of a card", () => {
  it("are taken where they are numbers, whatever else stands there", () => {
    expect(cardMetrics(undefined)).toEqual([]);
    const hostile = {
      good: { score: 0.5, n: 2.5 },
      bare: 3,
      text: "x",
      list: [1],
      none: null,
      nan: { score: Number.NaN },
      deep: { a: { b: { c: { d: { e: { score: 1 } } } } } },
    };
    expect(cardMetrics(hostile)).toEqual([
      { name: "good", value: 0.5 },
      { name: "bare", value: 3 },
    ]);
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`m${at}`, at]));
    expect(cardMetrics(many)).toHaveLength(200);
  });
});

describe("an alias's name", () => {
  it("has 1 to 36 of a–z, 0–9, _, . and -, and means nothing else", () => {
    for (const good of ["a", "champion", "eu-west_1.2", "x".repeat(36), "v", "v2-old", "latest-eu"])
      expect(aliasName.safeParse(good).success).toBe(true);
    for (const bad of ["", "x".repeat(37), "A", "ü", "a b", "a/b", "latest", "v2", "..", "."])
      expect(aliasName.safeParse(bad).success).toBe(false);
  });
});
