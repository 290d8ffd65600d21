import { describe, expect, it } from "vitest";
import { parseTagCondition, type TagCondition, tagsMatch } from "@/lib/access";
import { Random } from "./model/random";

const tags = new Map([
  ["pii", "email"],
  ["team", "desk"],
  ["empty", ""],
  ["it's", "ok"],
]);
const holds = (text: string) => tagsMatch(parseTagCondition(text), tags);

describe("a condition over tags", () => {
  it.each([
    ["hasTag('pii')", true],
    ["has_tag('pii')", true],
    ["HASTAG( 'pii' )", true],
    ["hasTag('PII')", false],
    ["hasTag('gone')", false],
    ["hasTagValue('pii', 'email')", true],
    ["has_tag_value('pii','Email')", false],
    ["hasTagValue('empty', '')", true],
    ["hasTag('it''s')", true],
    ["hasTag('(and, or)')", false],
    ["TRUE", true],
    ["false", false],
    ["NOT hasTag('gone')", true],
    ["not not hasTag('pii')", true],
    // NOT before AND before OR.
    ["NOT hasTag('gone') AND hasTag('team')", true],
    ["NOT hasTag('pii') OR hasTag('team')", true],
    ["TRUE OR TRUE AND FALSE", true],
    ["(TRUE OR TRUE) AND FALSE", false],
    ["FALSE AND FALSE OR TRUE", true],
    ["FALSE AND (FALSE OR TRUE)", false],
    ["NOT (hasTag('pii') AND hasTag('gone'))", true],
  ])("%s is %s", (text, expected) => expect(holds(text)).toBe(expected));

  it.each([
    ["", /Something is missing at character 1/],
    ["   ", /Something is missing at character 4/],
    ["hasTag('pii'", /“\)” is missing at character 13/],
    ["hasTag(pii)", /text in single quotes is missing at character 8/],
    ["hasTag('pii", /quote is not closed at character 8/],
    ['hasTag("pii")', /not understood at character 8/],
    ["hasTag('pii', 'email')", /“\)” is missing at character 13/],
    ["hasTagValue('pii')", /“,” is missing at character 18/],
    ["hasTag('a') hasTag('b')", /“hasTag” is not expected at character 13/],
    ["hasTag('a') AND", /Something is missing at character 16/],
    ["hasTag('a'))", /“\)” is not expected at character 12/],
    ["isOwner('a')", /“isOwner” is not expected: use hasTag/],
    ["hasTag('a'); DROP TABLE x", /not understood at character 12/],
    [`${"(".repeat(200)}TRUE${")".repeat(200)}`, /nested too deeply/],
    [`${"NOT ".repeat(200)}TRUE`, /nested too deeply/],
    [`TRUE${" OR TRUE".repeat(600)}`, /4000 characters or fewer/],
  ])("refuses %s with the place", (text, words) => {
    expect(() => parseTagCondition(text)).toThrowError(words);
    expect(() => parseTagCondition(text)).toThrowError(expect.objectContaining({ code: "invalid" }));
  });

  it("means the same however many brackets and blanks it is written with, in 2,000 random ones", () => {
    const random = new Random(11);
    const pick = (most: number) => random.below(most);
    const keys = ["pii", "team", "gone", "empty"];
    const values = ["email", "desk", "", "other"];
    // What it is worth is found while it is written, by JavaScript's own operators.
    const write = (depth: number): { text: string; worth: boolean } => {
      const key = keys[pick(4)] ?? "";
      const value = values[pick(4)] ?? "";
      switch (depth <= 0 ? pick(3) : pick(6)) {
        case 0:
          return { text: `hasTag('${key}')`, worth: tags.has(key) };
        case 1:
          return { text: `has_tag_value( '${key}' ,'${value}' )`, worth: tags.get(key) === value };
        case 2:
          return pick(2) === 0 ? { text: "true", worth: true } : { text: "FALSE", worth: false };
        case 3: {
          const inner = write(depth - 1);
          return { text: `NOT(${inner.text})`, worth: !inner.worth };
        }
        case 4: {
          const [a, b] = [write(depth - 1), write(depth - 1)];
          return { text: `(${a.text}) and (${b.text})`, worth: a.worth && b.worth };
        }
        default: {
          const [a, b] = [write(depth - 1), write(depth - 1)];
          return { text: `(${a.text}\n OR\t(${b.text}))`, worth: a.worth || b.worth };
        }
      }
    };
    let held = 0;
    for (let i = 0; i < 2_000; i += 1) {
      const { text, worth } = write(4);
      expect([text, holds(text)]).toEqual([text, worth]);
      if (worth) held += 1;
    }
    expect(held).toBeGreaterThan(400);
    expect(held).toBeLessThan(1_600);
  });

  it("is read into a tree", () => {
    const tag = (key: string): TagCondition => ({ kind: "tag", key });
    expect(parseTagCondition("hasTag('a') OR NOT hasTag('b') AND hasTag('c')")).toEqual({
      kind: "or",
      left: tag("a"),
      right: { kind: "and", left: { kind: "not", of: tag("b") }, right: tag("c") },
    });
  });
});
