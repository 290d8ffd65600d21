import { describe, expect, it } from "vitest";
import { patternTest } from "@/lib/inference/core/constraint/pattern-test";

const patterns = [
  "",
  "a",
  "a*b+c?",
  "(ab|a)(c|bcd)",
  "[a-c]{2,3}",
  "[^a]b",
  "\\d+\\s\\w",
  ".",
  "(a|b)*abb",
  "é|🙂+",
  "^a",
  "a$",
  "^a|b$",
];
const texts = [
  "",
  "a",
  "b",
  "ab",
  "abc",
  "abcd",
  "aab",
  "aabb",
  "cab",
  "1 x",
  "12 _",
  "\n",
  "é",
  "🙂🙂",
  "babb",
  "xb",
  "aé",
];

describe("a test for one pattern", () => {
  it("says the same as the language's own expressions, of the whole text and of a part", () => {
    for (const pattern of patterns) {
      for (const text of texts) {
        const whole = patternTest(pattern, "whole")(text);
        const part = patternTest(pattern, "search")(text);
        const expected = [
          new RegExp(`^(?:${pattern})$`, "u").test(text),
          new RegExp(pattern, "u").test(text),
        ];
        expect([pattern, text, whole, part]).toEqual([pattern, text, ...expected]);
      }
    }
  });

  it("refuses what it cannot do in time that grows with the text", () => {
    for (const pattern of ["(a)\\1", "(?=a)", "a{5000}{5000}", "("])
      expect(() => patternTest(pattern, "whole")).toThrow(/pattern/i);
  });
});
