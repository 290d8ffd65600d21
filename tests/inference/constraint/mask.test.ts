import { describe, expect, it } from "vitest";
import { compileConstraint, type Grammar } from "@/lib/inference/core/constraint/constraint";
import { ConstraintRun } from "@/lib/inference/core/constraint/constraint-run";
import { toolCallGrammar } from "@/lib/inference/core/constraint/tool-call-grammar";
import { seededRandom } from "@/lib/inference/core/random";
import { allowedTokens, picker, singleBytes, syntheticVocabulary, vocabularyOf } from "./support";

const utf8 = new TextEncoder();
const whole = [
  '{"a":1,"a":1}',
  ',"a":2,"a"',
  'a":1,"a":',
  '"},{"a":1,"',
  '":{"a":',
  '"b":"a","b"',
  "]]]}",
  '","',
  "}}}",
  "<t>{",
  "</t>",
];
const synthetic = syntheticVocabulary(300).bytes.slice(256, 556);
const bytes = [...singleBytes, ...synthetic, ...whole.map((text) => utf8.encode(text)), undefined, undefined];
const end = bytes.length - 1;
const vocabulary = vocabularyOf(bytes, end);
const byteVocabulary = vocabularyOf([...singleBytes, undefined], 256);

const object = { type: "object", properties: { a: { type: "string", maxLength: 4 } }, required: ["a"] };
const grammars: [string, Grammar][] = [
  ["any object", { type: "json_object" }],
  ["any value", { type: "json_schema", schema: true }],
  [
    "open objects",
    { type: "json_schema", schema: { type: "array", items: { ...object, minProperties: 3 } } },
  ],
  ["a closed object", { type: "json_schema", schema: { ...object, additionalProperties: false } }],
  [
    "counted strings",
    {
      type: "json_schema",
      schema: { type: "array", items: { type: "string", minLength: 2, maxLength: 7 }, maxItems: 5 },
    },
  ],
  ["long counts", { type: "json_schema", schema: { type: "string", minLength: 40, maxLength: 60 } }],
  [
    "a pattern of bounded length",
    { type: "json_schema", schema: { type: "string", pattern: "^(a|bc|é[0-9]{2})*$", maxLength: 9 } },
  ],
  [
    "a pattern whose fewest characters are not its fewest bytes",
    { type: "json_schema", schema: { type: "string", pattern: "^(😀|abc){3}$", maxLength: 5 } },
  ],
  [
    "several readings",
    {
      type: "json_schema",
      schema: {
        anyOf: [
          { type: "array", items: { type: "string" } },
          { type: "array", items: { enum: ["a", 1, null] } },
          { type: "array", prefixItems: [{ type: "number", minimum: 1, maximum: 12 }] },
        ],
      },
    },
  ],
  [
    "a recursive schema",
    {
      type: "json_schema",
      schema: {
        type: "object",
        properties: { a: { type: "array", items: { $ref: "#" } }, b: { type: "integer" } },
      },
    },
  ],
  ["a regex", { type: "regex", pattern: "([a-c]+|é{1,3}|\\d\\.\\d)*end" }],
  [
    "tool calls",
    toolCallGrammar([{ name: "a" }, { name: "b", parameters: object }], "auto", {
      prefix: "<t>",
      suffix: "</t>",
      parallel: true,
    }),
  ],
];

/** What may follow by definition: every token written byte by byte after the text so far. */
function bruteForce(grammar: Grammar): (text: readonly number[]) => number[] {
  const constraint = compileConstraint(grammar);
  const after = (text: Iterable<number>): ConstraintRun | undefined => {
    const run = new ConstraintRun(constraint, byteVocabulary.tree);
    for (const byte of text) {
      if (!run.allows(byte)) return undefined;
      run.push(byte);
    }
    return run;
  };
  return (text) => {
    const here = after(text);
    const allowed = bytes.flatMap((token, id) => {
      if (!token || token.length === 0 || !here?.allows(token[0] ?? 0)) return [];
      return token.length === 1 || after([...text, ...token]) ? [id] : [];
    });
    return here?.canEnd ? [...allowed, end] : allowed;
  };
}

describe("mask", () => {
  it.each(grammars)("allows for %s exactly what can be written byte by byte", (_, grammar) => {
    const random = seededRandom(31);
    const { of } = picker(random);
    const expected = bruteForce(grammar);
    const constraint = compileConstraint(grammar);
    let states = 0;
    for (let round = 0; round < 6; round++) {
      const run = new ConstraintRun(constraint, vocabulary.tree);
      const text: number[] = [];
      for (let step = 0; step < 7; step++) {
        const allowed = allowedTokens(run, bytes.length);
        expect(allowed, new TextDecoder().decode(Uint8Array.from(text))).toEqual(expected(text));
        states++;
        const long = allowed.filter((token) => token >= 256 && token !== end);
        const token = long.length > 0 ? of(...long) : of(...allowed);
        run.push(token);
        if (token === end) break;
        text.push(...(bytes[token] ?? []));
      }
    }
    expect(states).toBeGreaterThan(15);
  });

  it("keeps the logits of allowed tokens and forbids ids beyond the vocabulary", () => {
    const run = new ConstraintRun(compileConstraint({ type: "json_object" }), vocabulary.tree);
    const logits = Float32Array.from({ length: bytes.length + 40 }, (_, i) => i / 7);
    run.mask(logits);
    const brace = "{".charCodeAt(0);
    expect(logits[brace]).toBe(Math.fround(brace / 7));
    expect(logits.subarray(bytes.length).every((logit) => logit === Number.NEGATIVE_INFINITY)).toBe(true);
  });

  it("never allows special tokens, and end tokens only where the text may end", () => {
    const run = new ConstraintRun(compileConstraint({ type: "regex", pattern: "ab?" }), vocabulary.tree);
    expect([run.canEnd, run.mustEnd, run.allows(end)]).toEqual([false, false, false]);
    run.push("a".charCodeAt(0));
    expect([run.canEnd, run.mustEnd, run.allows(end)]).toEqual([true, false, true]);
    run.push("b".charCodeAt(0));
    expect([run.canEnd, run.mustEnd]).toEqual([true, true]);
    expect(allowedTokens(run, bytes.length)).toEqual([end]);
    run.push(end);
    expect(allowedTokens(run, bytes.length)).toEqual([end]);
  });

  it("refuses to advance by a forbidden token", () => {
    const run = new ConstraintRun(compileConstraint({ type: "json_object" }), vocabulary.tree);
    expect(() => run.push(0x41)).toThrowError(/not allowed/);
    expect(() => run.push(end)).toThrowError(/may not end/);
    expect(() => run.push(end - 1)).toThrowError(/no text/);
  });

  it("serves many runs of one constraint at a time", () => {
    const constraint = compileConstraint({
      type: "json_schema",
      schema: { type: "array", items: { type: "integer" } },
    });
    const texts = ["[]", "[1]", "[1,2]", "[-30, 4]", "[5"];
    const runs = texts.map(() => new ConstraintRun(constraint, vocabulary.tree));
    for (let at = 0; at < 8; at++) {
      for (const [i, run] of runs.entries()) {
        const byte = texts[i]?.charCodeAt(at) ?? Number.NaN;
        if (Number.isNaN(byte)) continue;
        expect(run.allows(byte)).toBe(true);
        run.push(byte);
      }
    }
    expect(runs.map((run) => run.mustEnd)).toEqual([true, true, true, true, false]);
  });
});

describe("the way to the end", () => {
  it.each(grammars)("is as short as promised for %s, wherever it starts", (_, grammar) => {
    const random = seededRandom(32);
    const { of, below } = picker(random);
    const constraint = compileConstraint(grammar);
    for (let round = 0; round < 40; round++) {
      const run = new ConstraintRun(constraint, vocabulary.tree);
      for (let step = below(12); step > 0 && !run.mustEnd; step--) {
        const allowed = allowedTokens(run, bytes.length).filter((token) => token !== end);
        if (allowed.length > 0) run.push(of(...allowed));
      }
      let left = run.minimumBytesToEnd;
      while (!run.canEnd) {
        expect(left--).toBeGreaterThan(0);
        const logits = new Float32Array(bytes.length);
        run.maskToEnd(logits);
        const allowed = [...logits.keys()].filter((token) => logits[token] === 0);
        expect(allowed.every((token) => run.allows(token))).toBe(true);
        run.push(of(...allowed));
      }
    }
  });

  it("lengthens a key where the shortest one is taken", () => {
    const constraint = compileConstraint({
      type: "json_schema",
      schema: { type: "object", minProperties: 4 },
    });
    const run = new ConstraintRun(constraint, byteVocabulary.tree);
    const text: number[] = [];
    while (!run.canEnd) {
      const logits = new Float32Array(257);
      run.maskToEnd(logits);
      text.push(logits.lastIndexOf(0, 0x7e));
      run.push(text.at(-1) ?? 0);
    }
    expect(Object.keys(JSON.parse(new TextDecoder().decode(Uint8Array.from(text))))).toHaveLength(4);
  });
});
