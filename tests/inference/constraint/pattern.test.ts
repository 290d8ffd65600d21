import { describe, expect, it } from "vitest";
import { seededRandom } from "@/lib/inference/core/random";
import { picker, readerOf } from "./support";

const patterns = [
  "",
  "abc",
  "a|b|",
  "(?:ab|a)(c|bcd)d*",
  "a*b+c?",
  "a{2}b{1,3}c{2,}",
  "(a|b)*abb",
  "[abc]{2,4}?",
  "[^a]",
  "[^\\d\\s]+",
  "\\w+@\\w+\\.c",
  "\\d{1,2}(?:\\.\\d)?",
  "[a-cx-z\\-]+",
  "[\\]\\\\^]",
  "é|€|😀",
  "[é-€😀]b",
  "\\u00e9\\u{1F600}|\\ud83d\\ude00",
  ".b.",
  "\\x61\\cJ?\\t*",
  "(?<year>a)b",
  "(a*)*b",
  "\\S\\s\\D\\W",
  "[\\w.]+",
  "\\/\\.[\\-]",
];
const alphabet = [
  "a",
  "b",
  "c",
  "d",
  "x",
  "1",
  "2",
  ".",
  "@",
  " ",
  "\n",
  "\t",
  "-",
  "\\",
  "]",
  "^",
  "/",
  "é",
  "€",
  "😀",
  '"',
  "\u2028",
];

function randomTexts(seed: number, count: number): string[] {
  const { below, of } = picker(seededRandom(seed));
  return Array.from({ length: count }, () =>
    Array.from({ length: below(7) }, () => of(...alphabet)).join(""),
  );
}

/** Texts that match are rare among random ones, so parts of the pattern itself are mixed in. */
function textsFor(pattern: string, seed: number): string[] {
  const { below } = picker(seededRandom(seed));
  const plain = Array.from(pattern.replaceAll(/[\\(){}[\]?:*+|^$<>]/g, ""));
  const likely = Array.from({ length: 200 }, () => plain.filter(() => below(3) > 0).join(""));
  return [
    ...new Set([
      "",
      "abb",
      "aabbcc",
      "acd",
      "abcdd",
      "é😀",
      "a\n",
      "12.2",
      ...likely,
      ...randomTexts(seed, 400),
    ]),
  ];
}

describe("patterns", () => {
  it.each(patterns)("/%s/ matches what RegExp matches from end to end", (pattern) => {
    const read = readerOf({ type: "regex", pattern });
    const expected = new RegExp(`^(?:${pattern})$`, "u");
    for (const text of textsFor(pattern, 5)) {
      expect(read(text) === "complete", JSON.stringify(text)).toBe(expected.test(text));
    }
  });

  it.each(
    [...patterns, "^a", "b$", "^a|b$", "^(a|b)$", "^$", "^(?:a+|b)c$"].filter(
      (pattern) => !pattern.includes("<"),
    ),
  )("/%s/ is searched in strings as RegExp does", (pattern) => {
    const read = readerOf({ type: "json_schema", schema: { type: "string", pattern } });
    const expected = new RegExp(pattern, "u");
    for (const text of textsFor(pattern, 6)) {
      expect(read(JSON.stringify(text)) === "complete", JSON.stringify(text)).toBe(expected.test(text));
    }
  });

  it.each([
    "(",
    ")",
    "a)",
    "[a",
    "*a",
    "a**",
    "a{3,2}",
    "a{",
    "{1}",
    "(?=a)",
    "(?!a)b",
    "(?<=a)b",
    "(?<!a)b",
    "(a)\\1",
    "\\k<a>",
    "\\bword\\b",
    "\\p{L}",
    "(?i:a)",
    "a^b",
    "a$b",
    "(^a)*",
    "[z-a]",
    "[\\d-z]",
    "\\",
    "\\u12",
    "\\u{110000}",
    "\\ud800",
    "\\q",
    "\\07",
    "]",
    "[^\\d\\D]",
    "a{1,99999}",
  ])("refuses /%s/", (pattern) => {
    expect(() => readerOf({ type: "regex", pattern })).toThrowError(/pattern/);
  });

  it.each([
    "(a|b)*a(a|b){20}",
    "(.*a){12}b.{12}",
    "((a{1,100}){1,100}){1,100}",
    "(a?){5000}a{5000}",
    "(((((((((a*)*)*)*)*)*)*)*)*)*",
    "[^a]{3000}",
    `${"(".repeat(500)}a${")".repeat(500)}`,
    `${"[a-z]*".repeat(300)}`,
    `(${Array.from({ length: 300 }, (_, i) => `x{${i}}y`).join("|")})`,
    `${"a".repeat(1999)}`,
    "a".repeat(3000),
    ".{5000}.*x.{5000}",
  ])("compiles or refuses the hostile /%.30s/ in a bounded time", (pattern) => {
    const start = performance.now();
    let outcome = "compiled";
    try {
      readerOf({ type: "json_schema", schema: { type: "string", pattern } });
    } catch (error) {
      outcome = String(error);
    }
    expect(outcome).toMatch(/^compiled$|AppError: .*(pattern|states|large)/s);
    // A second on a machine with others on it; unbounded ones would take minutes.
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
