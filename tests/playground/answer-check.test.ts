import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020";
import { describe, expect, it } from "vitest";
import { checkAnswer, checkFormat, formatHint } from "@/lib/playground/answer-check";
import type { AnswerFormat } from "@/lib/playground/document";
import { findJsonProblem } from "@/lib/playground/json-problem";

const format = (type: AnswerFormat["type"], source: unknown = ""): AnswerFormat => ({
  type,
  schema: type === "json_schema" ? (typeof source === "string" ? source : JSON.stringify(source)) : "",
  pattern: type === "regex" ? String(source) : "",
});
const problems = (schema: unknown, value: unknown) => {
  const found = checkAnswer(format("json_schema", schema), JSON.stringify(value));
  return found.state === "mismatch" ? found.problems.map(({ path, why }) => `${path} ${why}`) : found.state;
};

describe("where a text stops being JSON", () => {
  it.each([
    ['{"a": 1,}', 1, 9, "A comma stands before the closing brace."],
    ['{\n  "a": [1, 2,],\n}', 2, 14, "A comma stands before the closing bracket."],
    ["{'a': 1}", 1, 2, "A name in double quotes is expected; “'” stands here."],
    ['{"a" 1}', 1, 6, "A colon is expected after the name; “1” stands here."],
    ['{"a": 1 "b": 2}', 1, 9, 'A comma or a closing brace is expected; “"” stands here.'],
    ['{"a": [1, 2', 1, 12, "A comma or a closing bracket is expected; the text ends."],
    ['{"ä🙂": yes}', 1, 8, "“yes” is no value; a text stands in double quotes."],
    ['["a\n"]', 1, 2, "The string that begins here is not closed on its line."],
    ['["a\tb"]', 1, 4, "A control character in a string is written as an escape."],
    ['["\\x41"]', 1, 3, "There is no such escape in JSON."],
    ["[01]", 1, 2, "A number is not written like this in JSON."],
    ["[-]", 1, 2, "A digit is expected after the minus sign."],
    ["{} and more", 1, 4, "The JSON ends before this; nothing may follow it."],
    ["```json\n{}\n```", 1, 1, "This begins with a code fence; JSON begins at once."],
    ["  ", 1, 3, "There is no text."],
  ])("%j", (text, line, column, why) => {
    expect(findJsonProblem(text)).toEqual({ line, column, why });
  });

  it("is where it is nested deeper than any reader should follow", () => {
    expect(findJsonProblem(`${"[".repeat(600)}${"]".repeat(600)}`)).toMatchObject({ column: 502 });
    expect(findJsonProblem(`${"[".repeat(500)}${"]".repeat(500)}`)).toBeNull();
  });

  it("is nowhere exactly where JSON.parse finds nothing either", () => {
    const seed = '{"a":[1,-2.5e+3,true,null,"\\u00e9\\n x"],"b":{"c":{}}, "d" : [ ]}';
    const signs = '{}[]",:.-+eE01tfn \n\\u\u0001';
    let state = 1;
    const random = (below: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
    let broken = 0;
    for (let round = 0; round < 20_000; round++) {
      const at = random(seed.length);
      const text = seed.slice(0, at) + (signs[random(signs.length)] ?? "") + seed.slice(at + random(3));
      let parses = true;
      try {
        JSON.parse(text);
      } catch {
        parses = false;
        broken++;
      }
      expect([text, findJsonProblem(text) === null]).toEqual([text, parses]);
    }
    expect(broken).toBeGreaterThan(5_000);
    expect(broken).toBeLessThan(19_900);
  });
});

describe("an answer against its format", () => {
  it("is not judged where none was asked for", () => {
    expect(checkAnswer(format("text"), "anything")).toEqual({ state: "none" });
    expect(checkAnswer(format("json_schema", "{"), "{}")).toEqual({ state: "none" });
    expect(checkAnswer(format("regex", "(?=a)"), "a")).toEqual({ state: "none" });
  });

  it("is JSON, or broken at a place", () => {
    expect(checkAnswer(format("json_object"), ' {"a": 1}\n')).toEqual({ state: "valid" });
    expect(checkAnswer(format("json_object"), '{\n"a": }')).toEqual({
      state: "broken",
      line: 2,
      column: 6,
      why: "A value is expected; “}” stands here.",
    });
    expect(checkAnswer(format("json_object"), "[1]")).toEqual({
      state: "mismatch",
      problems: [{ path: "", why: "is JSON, but not an object" }],
    });
  });

  it("matches a pattern from end to end or not at all", () => {
    expect(checkAnswer(format("regex", "(yes|no)!?"), "no!")).toEqual({ state: "valid" });
    expect(checkAnswer(format("regex", "(yes|no)!?"), "no!\n").state).toBe("mismatch");
  });

  it("is matched in time that grows with its length, whatever the pattern", () => {
    const start = performance.now();
    expect(checkAnswer(format("regex", "(a+)+b"), "a".repeat(200_000)).state).toBe("mismatch");
    expect(problems({ type: "string", pattern: "^(a|a)*$" }, `${"a".repeat(200_000)}b`)).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  it("names every place that does not fit, in words", () => {
    const schema = {
      type: "object",
      required: ["name", "lines"],
      additionalProperties: false,
      properties: {
        name: { type: "string", minLength: 2 },
        state: { enum: ["open", "closed"] },
        lines: { type: "array", maxItems: 2, items: { $ref: "#/$defs/line" } },
        "odd name": { type: ["number", "null"] },
        day: { type: "string", format: "date" },
      },
      $defs: {
        line: {
          type: "object",
          required: ["sum"],
          properties: { sum: { type: "integer", minimum: 0, exclusiveMaximum: 100 } },
        },
      },
    };
    expect(problems(schema, { name: "Door", state: "open", lines: [{ sum: 3 }], "odd name": null })).toBe(
      "valid",
    );
    expect(
      problems(schema, {
        name: "D",
        state: "ajar",
        lines: [{ sum: -1 }, { sum: 1.5 }, {}],
        "odd name": "x",
        day: "2026-02-30",
        more: 1,
      }),
    ).toEqual([
      "name has 1 character, at least 2 are asked for",
      'state is "ajar", not one of "open","closed"',
      "lines has 3 entries, at most 2 are allowed",
      "lines[0].sum is -1, less than 0",
      "lines[1].sum is a number, not a whole number",
      'lines[2] lacks "sum"',
      '["odd name"] is a text, not a number or null',
      "day is not of the format date",
      "more is not a member that the schema knows",
    ]);
    expect(problems(schema, { lines: [] })).toEqual([' lacks "name"']);
  });

  it("is told what is wrong with the form that fits best", () => {
    const forms = { anyOf: [{ type: "number" }, { type: "object", properties: { a: { type: "number" } } }] };
    expect(problems(forms, { a: "x" })).toEqual(["a is a text, not a number"]);
    expect(problems(forms, "x")).toEqual([" fits none of the 2 forms it may have"]);
    expect(problems({ oneOf: [{ minimum: 1 }, { maximum: 3 }] }, 2)).toEqual([
      " fits 2 of the forms, of which it may fit one",
    ]);
  });

  it("is not checked by a schema that refers to itself without end", () => {
    expect(problems({ $ref: "#" }, 1)).toBe("none");
    expect(problems({ type: "array", items: { $ref: "#" } }, [[[]]])).toBe("valid");
  });

  it.each([
    [{ type: "object", properties: { a: true }, unevaluatedProperties: false }, [{ a: 1 }, { b: 1 }, {}]],
    [
      { allOf: [{ properties: { a: {} } }], unevaluatedProperties: { type: "null" } },
      [{ a: 1, b: null }, { b: 1 }],
    ],
    [
      {
        anyOf: [{ required: ["a"], properties: { a: {} } }, { properties: { b: {} } }],
        unevaluatedProperties: false,
      },
      [{ a: 1 }, { b: 1 }, { c: 1 }],
    ],
    [
      {
        if: { properties: { k: { const: "x" } }, required: ["k"] },
        // biome-ignore lint/suspicious/noThenProperty: the keyword's name.
        then: { required: ["y"] },
        else: { required: ["z"] },
      },
      [{ k: "x", y: 1 }, { k: "x" }, { z: 1 }, {}],
    ],
    [
      { prefixItems: [{ type: "number" }, { type: "string" }], items: false },
      [[1, "a"], [1], [1, "a", 2], ["a"]],
    ],
    [
      { prefixItems: [{}], unevaluatedItems: { type: "string" } },
      [
        [1, "a"],
        [1, 2],
      ],
    ],
    [
      { contains: { type: "number" }, minContains: 2, maxContains: 3 },
      [[1], [1, 2], ["a", 1, 2, 3], [1, 2, 3, 4]],
    ],
    [{ contains: { type: "number" }, minContains: 0 }, [[], ["a"]]],
    [
      { uniqueItems: true },
      [
        [1, 2],
        [1, 1],
        [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
        [1, true],
        [0, false],
        ["1", 1],
      ],
    ],
    [{ not: { type: "string" } }, ["a", 1]],
    [{ const: { a: [1, { b: null }] } }, [{ a: [1, { b: null }] }, { a: [1, {}] }]],
    [{ enum: [1, "1", null, [2]] }, [1, "1", null, [2], [1], true, 1.0]],
    [
      {
        patternProperties: { "^x": { type: "number" }, y$: { minimum: 3 } },
        additionalProperties: { type: "null" },
      },
      [{ x: 1 }, { xy: 2 }, { xy: 3 }, { z: null }, { z: 1 }],
    ],
    [{ propertyNames: { maxLength: 2 } }, [{ ab: 1 }, { abc: 1 }]],
    [
      { dependentRequired: { a: ["b"] }, dependentSchemas: { c: { minProperties: 3 } } },
      [{ a: 1 }, { a: 1, b: 1 }, { c: 1 }, { c: 1, d: 1, e: 1 }],
    ],
    [{ minProperties: 1, maxProperties: 2 }, [{}, { a: 1 }, { a: 1, b: 2, c: 3 }]],
    [{ multipleOf: 0.5, exclusiveMinimum: 0, maximum: 2 }, [0, 0.5, 0.7, 2, 2.5, "x"]],
    [{ type: "integer" }, [1, 1.0, 1.5, "1", 1e20]],
    [{ minLength: 2, maxLength: 2 }, ["🙂🙂", "a", "abc"]],
    [{ pattern: "b.d" }, ["abcd", "bd", "b\nd"]],
    [
      {
        $defs: {
          n: {
            $anchor: "node",
            type: "object",
            properties: { next: { $ref: "#node" } },
            additionalProperties: false,
          },
        },
        $ref: "#node",
      },
      [{ next: { next: {} } }, { next: { x: 1 } }],
    ],
    [{ $ref: "#/$defs/a~1b", $defs: { "a/b": { type: "number" } }, maximum: 3 }, [2, 4, "x"]],
    [false, [1]],
    [true, [1]],
    [{ oneOf: [{ type: "number" }, { minimum: 2 }] }, [1, 3, "x"]],
    [{ properties: { a: false, b: true } }, [{ a: 1 }, { b: 1 }]],
  ] as [object | boolean, unknown[]][])(
    "agrees with another validator, draft 2020-12: %j",
    (schema, values) => {
      // In the editor a root is an object, so that `false` and `true` stand one deeper.
      const root = typeof schema === "object" ? schema : { allOf: [schema] };
      const validate = new Ajv2020({ strict: false }).compile(root);
      const verdicts = values.map((value) => problems(root, value) === "valid");
      expect(verdicts).toEqual(values.map((value) => validate(value)));
    },
  );

  it.each([
    [{ items: [{ type: "number" }], additionalItems: { type: "string" } }, [[1, "a"], [1, 2], ["a"]]],
    [
      { dependencies: { a: ["b"], c: { required: ["d"] } } },
      [{ a: 1 }, { a: 1, b: 1 }, { c: 1 }, { c: 1, d: 1 }],
    ],
  ] as [object, unknown[]][])("agrees with another validator, draft 7: %j", (schema, values) => {
    const root = { $schema: "http://json-schema.org/draft-07/schema#", ...schema };
    const validate = new Ajv({ strict: false }).compile(root);
    expect(values.map((value) => problems(root, value) === "valid")).toEqual(
      values.map((value) => validate(value)),
    );
  });
});

describe("a reference of draft 7", () => {
  const schema = {
    properties: { a: { $ref: "#/definitions/p", maximum: 1 } },
    definitions: { p: { type: "number" } },
  };

  it("has no siblings, which those of later drafts have", () => {
    expect(problems({ $schema: "http://json-schema.org/draft-07/schema#", ...schema }, { a: 5 })).toBe(
      "valid",
    );
    expect(problems(schema, { a: 5 })).toEqual(["a is 5, more than 1"]);
  });
});

describe("a format in the editor", () => {
  it.each([
    ["", "Write a JSON Schema, or insert the example."],
    ['{\n"type": "object",\n}', "Line 3, column 1: A comma stands before the closing brace."],
    ["[]", "A schema is an object, in braces."],
    [
      { type: "text" },
      "#: behind “type” stands one of null, boolean, object, array, number, string, integer.",
    ],
    [
      { properties: { a: { minLength: -1 } } },
      "#/properties/a: behind “minLength” stands a whole number from 0.",
    ],
    [{ properties: { a: 3 } }, "#: behind “properties” stands an object of schemas."],
    [{ required: "a" }, "#: behind “required” stands a list of names."],
    [{ anyOf: [{ items: { enum: [] } }] }, "#/anyOf/0/items: behind “enum” stands a list of values."],
    [{ $ref: "#/$defs/none" }, "#: “#/$defs/none” leads to nothing in this schema."],
    [
      { $ref: "https://elsewhere.example/schema.json" },
      "#: “https://elsewhere.example/schema.json” leads to nothing in this schema.",
    ],
  ])("is told what is wrong: %j", (schema, why) => {
    expect(checkFormat(format("json_schema", schema))).toBe(why);
  });

  it("is told of a pattern that cannot be matched by, and where it stands", () => {
    expect(checkFormat(format("json_schema", { properties: { "a/b": { pattern: "(" } } }))).toMatch(
      /^#\/properties\/a~1b: pattern: .+ at character 1/,
    );
    expect(checkFormat(format("json_schema", { patternProperties: { "(?<=x)": {} } }))).toMatch(
      /^#: pattern: /,
    );
    expect(checkFormat(format("regex", "[a-"))).toMatch(/^pattern: /);
    expect(checkFormat(format("regex", ""))).toBe("Write a pattern that the whole answer is to match.");
    expect(checkFormat(format("regex", "\\d{4}"))).toBeNull();
  });

  it("is taken when it is right, with unknown keywords and members named like keywords", () => {
    const schema = {
      type: "object",
      "x-note": 1,
      properties: { type: { type: "string" }, $ref: {}, constructor: {} },
    };
    expect(checkFormat(format("json_schema", schema))).toBeNull();
    expect(checkFormat(format("text"))).toBeNull();
    expect(checkFormat(format("json_object"))).toBeNull();
  });

  it("has a hint where providers differ", () => {
    expect(formatHint(format("json_schema", { type: "array" }))).toMatch(/type is “object”/);
    expect(formatHint(format("json_schema", { type: "object" }))).toBeNull();
    expect(formatHint(format("json_schema", "{"))).toBeNull();
  });
});
