import { describe, expect, it } from "vitest";
import { accepted, readerOf, written } from "./support";

const yes = (count: number) => Array.from({ length: count }, () => true);
const no = (count: number) => Array.from({ length: count }, () => false);

/** All of `valid` can be written and none of `invalid`. */
function check(schema: unknown, valid: unknown[], invalid: unknown[]): void {
  expect(accepted(schema, ...valid), JSON.stringify(valid)).toEqual(yes(valid.length));
  expect(accepted(schema, ...invalid), JSON.stringify(invalid)).toEqual(no(invalid.length));
}

const samples = [null, true, 0, -1.5, "x", [], [1], {}, { a: 1 }];

describe("JSON Schema", () => {
  it("takes any value for true and for an empty schema", () => {
    check(true, samples, []);
    check({ title: "anything", description: "at all", default: 3, examples: [1], $comment: "" }, samples, []);
  });

  it("knows types and lists of types", () => {
    check({ type: "null" }, [null], [true, 0, "x", [], {}]);
    check({ type: "boolean" }, [true, false], [null, 0, "true"]);
    check({ type: "integer" }, [0, -7, 123456], [1.5, "1", null, true]);
    check({ type: "number" }, [0, -7, 1.25, 1e-7, 1e21], ["1", null]);
    check({ type: ["string", "null"] }, ["x", null], [1, [], {}]);
    check({ type: ["integer", "number"] }, [1, 1.5], ["x"]);
  });

  it("knows enum and const, which other keywords narrow", () => {
    check({ enum: ["a", 1, null, { k: [1] }] }, ["a", 1, null, { k: [1] }], ["b", 2, {}, true]);
    check({ const: "only" }, ["only"], ["onl", "only!"]);
    check({ enum: ["a", "bcd", 5], type: "string", minLength: 2 }, ["bcd"], ["a", 5]);
    check({ enum: [1, 2], const: 2 }, [2], [1]);
    check({ enum: ['q"\\\n\u0001é😀'] }, ['q"\\\n\u0001é😀'], ["q"]);
  });

  it("orders properties and lets optional ones be left out", () => {
    const schema = {
      type: "object",
      properties: { a: { type: "integer" }, b: { type: "string" }, c: { type: "null" } },
      required: ["b"],
      additionalProperties: false,
    };
    check(
      schema,
      [{ b: "" }, { a: 1, b: "" }, { b: "", c: null }, { a: 1, b: "", c: null }],
      [{}, { a: 1 }, { b: "", a: 1 }, { b: "", d: 1 }, { b: 1 }, { a: 1, a2: 2, b: "" }],
    );
  });

  it("lets undeclared keys follow with the schema given for them, never a declared one", () => {
    const schema = {
      type: "object",
      properties: { a: { type: "integer" }, ab: false },
      additionalProperties: { type: "string" },
    };
    check(
      schema,
      [{}, { a: 1 }, { x: "y" }, { a: 1, x: "y" }, { aa: "y" }, { "": "y" }, { abc: "y" }, { é: "" }],
      [{ x: 1 }, { a: "s" }, { x: "y", a: "s" }, { x: "y", a: 1 }, { ab: "y" }],
    );
    expect(written(schema, '{"\\u0061":"s"}', '{"a\\/":"s"}')).toEqual([false, false]);
  });

  it("never repeats a key", () => {
    const read = readerOf({ type: "json_schema", schema: { type: "object" } });
    expect(read('{"k":1,"k')).toBe("beginning");
    expect(read('{"k":1,"k"')).toBe("forbidden");
    expect(read('{"k":1,"kk":2,"l":{"k":{"k":[{"k":1},{"k":2}]}}}')).toBe("complete");
    expect(read('{"k":{"a":1},"l":1,"k"')).toBe("forbidden");
    expect(read('{"k":"{\\"k\\":1","\\"k":2,"\\"k"')).toBe("forbidden");
  });

  it("writes required keys that no property declares", () => {
    check({ type: "object", required: ["r"] }, [{ r: 1 }, { r: [], s: 1 }], [{}, { s: 1 }, { s: 1, r: 1 }]);
  });

  it("knows minProperties and maxProperties", () => {
    const properties = { a: {}, b: {}, c: {} };
    const closed = {
      type: "object",
      properties,
      additionalProperties: false,
      minProperties: 2,
      maxProperties: 2,
    };
    check(
      closed,
      [
        { a: 1, b: 1 },
        { a: 1, c: 1 },
        { b: 1, c: 1 },
      ],
      [{}, { a: 1 }, { a: 1, b: 1, c: 1 }],
    );
    check(
      { type: "object", minProperties: 2 },
      [
        { a: 1, b: 2 },
        { a: 1, b: 2, c: 3 },
      ],
      [{}, { a: 1 }],
    );
    check({ type: "object", maxProperties: 1 }, [{}, { a: 1 }], [{ a: 1, b: 2 }]);
    check({ type: "object", maxProperties: 0 }, [{}], [{ a: 1 }]);
  });

  it("knows items, prefixItems and their numbers", () => {
    check({ type: "array", items: { type: "integer" } }, [[], [1], [1, 2, 3]], [["a"], [1, "a"]]);
    check(
      { type: "array", minItems: 2, maxItems: 3 },
      [
        [1, 2],
        [1, 2, 3],
      ],
      [[], [1], [1, 2, 3, 4]],
    );
    const tuple = {
      type: "array",
      prefixItems: [{ type: "string" }, { type: "null" }],
      items: { type: "integer" },
    };
    check(tuple, [[], ["a"], ["a", null], ["a", null, 1, 2]], [[1], ["a", 1], ["a", null, "b"]]);
    check({ ...tuple, items: false, minItems: 1 }, [["a"], ["a", null]], [[], ["a", null, 1]]);
    check(
      { ...tuple, minItems: 3, maxItems: 3 },
      [["a", null, 1]],
      [
        ["a", null],
        ["a", null, 1, 2],
      ],
    );
    check({ type: "array", maxItems: 0 }, [[]], [[1]]);
    check({ type: "array", items: false }, [[]], [[1]]);
  });

  it("knows uniqueItems for few listed values", () => {
    const schema = { type: "array", uniqueItems: true, items: { enum: ["a", "b", 1] } };
    check(
      schema,
      [[], ["a"], ["b", "a"], [1, "a", "b"]],
      [
        ["a", "a"],
        ["a", "b", "a"],
      ],
    );
    check({ ...schema, minItems: 2 }, [["a", 1]], [["a"]]);
    check({ type: "array", uniqueItems: true, items: { type: "boolean" } }, [[true, false]], [[true, true]]);
  });

  it("counts the characters of a string, not its bytes or escapes", () => {
    const schema = { type: "string", minLength: 2, maxLength: 3 };
    check(schema, ["ab", "é€", "😀😀😀", '"\n', "\u0001\u0002\\"], ["", "a", "😀", "abcd", '""""']);
    check({ type: "string", maxLength: 0 }, [""], ["a"]);
    check({ type: "string", minLength: 100 }, ["x".repeat(100), "x".repeat(250)], ["x".repeat(99)]);
  });

  it("searches patterns in the decoded string", () => {
    check({ type: "string", pattern: "b+" }, ["b", "abba", "\nb\n"], ["", "aa"]);
    check({ type: "string", pattern: "^a|z$" }, ["a!", "!z"], ["!a", "z!"]);
    check({ type: "string", pattern: '^"\\n\\\\$' }, ['"\n\\'], ['"', "n"]);
    check(
      { type: "string", pattern: "^[a-z]+$", minLength: 2, maxLength: 3 },
      ["ab", "abc"],
      ["a", "abcd", "aB"],
    );
    check({ type: "string", allOf: [{ pattern: "a" }, { pattern: "b" }] }, ["ab", "b-a"], ["a", "b"]);
  });

  it("never begins what the greatest length leaves no room to finish", () => {
    const read = readerOf({
      type: "json_schema",
      schema: { type: "string", pattern: "^(a|bcd)*$", maxLength: 4 },
    });
    expect(['"ab', '"bcda"', '"aab', '"aaaa"', '"aaaaa', '"bcdb'].map(read)).toEqual([
      "beginning",
      "complete",
      "forbidden",
      "complete",
      "forbidden",
      "forbidden",
    ]);
  });

  it("writes strings with every escape of JSON, and surrogates in pairs only", () => {
    const strings = ['"\\u0041\\n\\/\\""', '"\\ud83d\\ude00"', '"\\uD83D\\uDE00x"', '"é€😀"'];
    expect(written({ type: "string" }, ...strings)).toEqual(yes(strings.length));
    const broken = [
      '"\\ud83d"',
      '"\\ude00"',
      '"\\ud83dx"',
      '"\\ud83d\\u0041"',
      '"\\x41"',
      '"\n"',
      '"\\u00g0"',
    ];
    expect(written({ type: "string" }, ...broken)).toEqual(no(broken.length));
  });

  it("forbids bytes that are not UTF-8", () => {
    const read = readerOf({ type: "json_schema", schema: { type: "string" } });
    for (const bytes of [
      [0x80],
      [0xc0, 0x80],
      [0xe0, 0x80, 0x80],
      [0xed, 0xa0, 0x80],
      [0xf5],
      [0xf4, 0x90],
      [0xff],
    ])
      expect(read(Uint8Array.of(0x22, ...bytes)), String(bytes)).toBe("forbidden");
    expect(read(Uint8Array.of(0xef, 0xbb, 0xbf))).toBe("forbidden");
  });

  it("allows one space after a colon and a comma and nowhere else", () => {
    const schema = { type: "object", properties: { a: { type: "array" }, b: {} } };
    expect(written(schema, '{"a": [1, 2], "b": 1}', '{"a":[1,2],"b":1}')).toEqual([true, true]);
    const spaced = [
      '{"a":  []}',
      '{ "a":[]}',
      '{"a" :[]}',
      '{"a":[ 1]}',
      '{"a":[1 ]}',
      '{"a":\n[]}',
      " {}",
      "{} ",
    ];
    expect(written(schema, ...spaced)).toEqual(no(spaced.length));
  });

  it("combines anyOf with the keywords beside it", () => {
    const schema = {
      type: "string",
      minLength: 1,
      anyOf: [{ enum: ["", "a"] }, { maxLength: 2 }, { type: "null" }],
    };
    check(schema, ["a", "bc"], ["", "abc", null]);
    const objects = {
      anyOf: [
        { type: "object", properties: { k: { const: 1 }, x: { type: "string" } }, required: ["k", "x"] },
        { type: "object", properties: { k: { type: "integer" }, y: { type: "null" } }, required: ["k", "y"] },
      ],
    };
    check(
      objects,
      [
        { k: 1, x: "" },
        { k: 1, y: null },
        { k: 2, y: null },
      ],
      [{ k: 2, x: "" }, { k: 2 }],
    );
  });

  it("takes oneOf where no value can match twice", () => {
    const schema = {
      oneOf: [
        { type: "object", properties: { t: { const: "a" }, v: { type: "string" } }, required: ["t", "v"] },
        { type: "object", properties: { t: { const: "b" }, v: { type: "integer" } }, required: ["t", "v"] },
        { type: "integer", maximum: 3 },
        { type: "integer", exclusiveMinimum: 3 },
        { enum: ["x"] },
      ],
    };
    check(
      schema,
      [{ t: "a", v: "" }, { t: "b", v: 1 }, 3, 4, "x"],
      [{ t: "a", v: 1 }, { t: "c", v: "" }, "y"],
    );
  });

  it("merges allOf", () => {
    const schema = {
      allOf: [
        { type: "object", properties: { a: { type: "integer", minimum: 3 } }, required: ["a"] },
        {
          properties: { a: { maximum: 5 }, b: { type: "string" } },
          required: ["b"],
          additionalProperties: false,
        },
      ],
    };
    check(
      schema,
      [
        { a: 3, b: "" },
        { a: 5, b: "x" },
      ],
      [{ a: 2, b: "" }, { a: 6, b: "" }, { a: 4 }, { a: 4, b: "", c: 1 }],
    );
    check({ allOf: [{ type: ["integer", "string"] }, { type: ["number", "null"] }] }, [1], ["x", null, 1.5]);
    const arrays = {
      allOf: [
        { type: "array", prefixItems: [{ type: "string" }] },
        { minItems: 1, items: { maxLength: 1 } },
      ],
    };
    check(arrays, [["a"], ["a", 1, "b"]], [[], ["ab"], ["a", "bc"]]);
  });

  it("follows references, also round in a circle", () => {
    const schema = {
      $ref: "#/$defs/no~1de",
      $defs: {
        "no/de": {
          type: "object",
          properties: {
            value: { type: "integer" },
            next: { anyOf: [{ $ref: "#/$defs/no~1de" }, { type: "null" }] },
          },
          required: ["value", "next"],
          additionalProperties: false,
        },
      },
    };
    check(
      schema,
      [
        { value: 1, next: null },
        { value: 1, next: { value: 2, next: { value: 3, next: null } } },
      ],
      [{ value: 1 }, { value: 1, next: {} }, { value: 1, next: { value: "2", next: null } }],
    );
    check(
      { type: "array", items: { $ref: "#" }, maxItems: 2 },
      [[], [[]], [[], [[[]]]]],
      [[1], [[], [], []]],
    );
  });

  it("treats __proto__ and constructor as names like any others", () => {
    const schema = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"integer"},"constructor":{"type":"null"}},"required":["__proto__"],"additionalProperties":false}',
    );
    expect(
      written(schema, '{"__proto__":1}', '{"__proto__":1,"constructor":null}', "{}", '{"__proto__":"x"}'),
    ).toEqual([true, true, false, false]);
  });

  it.each([
    [
      "date",
      ["2024-02-29", "2023-12-31", "2000-02-29"],
      ["2023-02-29", "2024-13-01", "2024-04-31", "1900-02-29", "24-01-01"],
    ],
    ["time", ["23:59:59Z", "00:00:00.5+02:00"], ["24:00:00Z", "10:00:00", "10:60:00Z"]],
    ["date-time", ["2024-01-01T10:00:00Z"], ["2024-01-01 10:00:00Z", "2024-01-01"]],
    ["email", ["a.b+c@example.org"], ["a@b", "a@@b.c", ".a@b.c", "a b@c.d"]],
    ["uuid", ["123e4567-e89b-12d3-a456-426614174000"], ["123e4567e89b12d3a456426614174000"]],
    ["ipv4", ["0.0.0.0", "255.10.9.1"], ["256.0.0.1", "1.2.3", "01.2.3.4"]],
    ["ipv6", ["2001:db8:0:0:0:0:0:1"], ["2001:db8", "g:0:0:0:0:0:0:1"]],
    ["hostname", ["a-b.example"], ["-a.b", "a_b"]],
    ["uri", ["https://example.org:80/a/b?c=d#e"], ["example.org", "javascript:alert(1)"]],
    ["duration", ["P1Y2M3D", "PT5S", "P3W"], ["P", "PT", "1Y"]],
  ])("writes only texts of format %s", (format, valid, invalid) => {
    check({ type: "string", format }, valid, invalid);
  });
});

describe("json_object", () => {
  const read = readerOf({ type: "json_object" });

  it("takes objects only, with indentation that cannot go on for ever", () => {
    expect(read('{\n  "a": [\n    1,\n    {\n    }\n  ]\n}')).toBe("complete");
    expect(read('{"a":1}')).toBe("complete");
    for (const text of ["[]", "1", '"x"', "\n{}", "{}\n", "{\n\n", `{\n${" ".repeat(33)}`, '{"a":  1'])
      expect(read(text), JSON.stringify(text)).toBe("forbidden");
  });
});
