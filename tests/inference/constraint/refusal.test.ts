import { describe, expect, it } from "vitest";
import { isAppError } from "@/lib/core";
import { compileConstraint } from "@/lib/inference/core/constraint/constraint";

function refusalOf(schema: unknown): string {
  try {
    compileConstraint({ type: "json_schema", schema });
  } catch (error) {
    if (!isAppError(error)) throw error;
    expect(error.code).toBe("invalid");
    expect(error.param).toBe("response_format");
    return error.message;
  }
  return "compiled";
}

const many = (count: number, make: (i: number) => [string, unknown]) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => make(i)));

function nested(depth: number): unknown {
  let schema: unknown = { type: "null" };
  for (let i = 0; i < depth; i++) schema = { type: "array", items: schema };
  return schema;
}

describe("schemas that are refused", () => {
  it.each([
    [{ not: {} }, /^#: not is not supported/],
    [{ properties: { a: { items: { if: true } } } }, /^\/properties\/a\/items: if is not supported/],
    [{ properties: { "a/b~c": { contains: {} } } }, /^\/properties\/a~1b~0c: contains/],
    [{ anyOf: [{}, { patternProperties: { a: {} } }] }, /^\/anyOf\/1: patternProperties/],
    [{ propertyNames: {} }, /propertyNames/],
    [{ dependentRequired: {} }, /dependentRequired/],
    [{ unevaluatedProperties: false }, /unevaluatedProperties/],
    [{ $dynamicRef: "#a" }, /\$dynamicRef/],
    [{ nullable: true, type: "string" }, /nullable/],
    [{ type: "number", multipleOf: 0.1 }, /multipleOf/],
    [{ type: "integer", multipleOf: 2 }, /multipleOf/],
    [{ type: "string", format: "iri" }, /format iri/],
    [{ type: "array", uniqueItems: true, items: { type: "string" } }, /uniqueItems/],
    [{ type: "array", items: [{}] }, /prefixItems/],
    [{ oneOf: [{ type: "integer" }, { type: "number" }] }, /^#: oneOf branches 0 and 1/],
    [{ oneOf: [{ type: "object" }, { type: "object", required: ["a"] }] }, /oneOf/],
    [{ type: "string", pattern: "(?=a)b" }, /^#: pattern: look-around/],
  ])("because a keyword is not supported: %j", (schema, message) => {
    expect(refusalOf(schema)).toMatch(message);
  });

  it.each([
    [null, /must be a schema/],
    [[], /must be a schema/],
    ["string", /must be a schema/],
    [{ type: "strin" }, /type must be/],
    [{ type: [] }, /type must be/],
    [{ properties: [] }, /properties must be/],
    [{ properties: { a: 1 } }, /^\/properties\/a: must be a schema/],
    [{ required: "a" }, /required must be/],
    [{ enum: "a" }, /enum must be/],
    [{ anyOf: [] }, /anyOf must be/],
    [{ minLength: -1 }, /minLength must be/],
    [{ maxItems: 1.5 }, /maxItems must be/],
    [{ minimum: "1" }, /minimum must be/],
    [{ pattern: 1 }, /pattern must be/],
    [{ uniqueItems: 1 }, /uniqueItems must be/],
    [{ $ref: "https://example.org/schema" }, /\$ref: only references within/],
    [{ $ref: "#/$defs/none" }, /does not exist/],
    [{ const: "\ud800" }, /surrogate/],
    [{ properties: { "\udc00": {} } }, /surrogate/],
    [{ default: Number.NaN }, /not JSON/],
    [{ default: () => 1 }, /not JSON/],
  ])("because they are malformed: %j", (schema, message) => {
    expect(refusalOf(schema)).toMatch(message);
  });

  it.each([
    [false, /No finite value/],
    [{ enum: [] }, /enum allows no value/],
    [{ type: "string", enum: [1, 2] }, /enum allows no value/],
    [{ const: 1, enum: [2] }, /allows no value/],
    [{ type: "string", minLength: 3, maxLength: 2 }, /minLength is greater/],
    [{ type: "integer", minimum: 3, maximum: 2 }, /leave no number/],
    [{ type: "number", exclusiveMinimum: 1, maximum: 1 }, /leave no number/],
    [{ type: "integer", exclusiveMinimum: 1, exclusiveMaximum: 2 }, /No finite value/],
    [{ type: "array", minItems: 2, maxItems: 1 }, /minItems is greater/],
    [{ type: "array", items: false, minItems: 1 }, /No finite value/],
    [{ type: "object", properties: { a: false }, required: ["a"] }, /No finite value/],
    [{ type: "object", additionalProperties: false, minProperties: 1 }, /No finite value/],
    [{ type: "object", additionalProperties: false, required: ["a"] }, /No finite value/],
    [{ type: "string", pattern: "^a$", minLength: 2 }, /No finite value/],
    [{ type: "string", pattern: "^(aaa)+$", minLength: 4, maxLength: 5 }, /No finite value/],
    [{ type: "string", pattern: "^[^\\d\\D]$" }, /matches no text/],
    [{ allOf: [{ type: "string" }, { type: "null" }] }, /No finite value/],
    [{ $ref: "#" }, /refers to itself/],
    [{ anyOf: [{ $ref: "#" }, { type: "null" }] }, /refers to itself/],
    [{ type: "object", properties: { a: { $ref: "#" } }, required: ["a"] }, /No finite value/],
    [{ type: "array", items: { $ref: "#" }, minItems: 1 }, /No finite value/],
  ])("because no value is valid: %j", (schema, message) => {
    expect(refusalOf(schema)).toMatch(message);
  });

  const circle: Record<string, unknown> = {};
  circle.properties = { a: circle };

  it.each<[string, unknown, RegExp]>([
    ["deep", nested(5000), /nested more than/],
    ["circular", circle, /nested more than/],
    ["wide", { enum: Array.from({ length: 200_000 }, (_, i) => i) }, /more than/],
    ["of many values", { enum: Array.from({ length: 6000 }, (_, i) => i) }, /enum has/],
    ["long", { description: "x".repeat(2_000_000) }, /characters/],
    ["of many properties", { properties: many(1500, (i) => [`p${i}`, {}]) }, /properties has more/],
    [
      "of many states",
      { enum: Array.from({ length: 4000 }, (_, i) => `${i}${"x".repeat(50)}`) },
      /states|large/,
    ],
    [
      "of exploding unions",
      { allOf: Array.from({ length: 30 }, () => ({ anyOf: [{ minLength: 1 }, { maxLength: 9 }] })) },
      /alternatives/,
    ],
    [
      "of endless references",
      { $ref: "#/$defs/d0", $defs: many(5000, (i) => [`d${i}`, { $ref: `#/$defs/d${i + 1}` }]) },
      /nested too deep/,
    ],
    [
      "of multiplying conjunctions",
      {
        $ref: "#/$defs/d0",
        $defs: many(40, (i) => [
          `d${i}`,
          {
            properties: many(4, (k) => [
              `p${k}`,
              { allOf: [{ $ref: `#/$defs/d${(i + 1) % 40}` }, { $ref: `#/$defs/d${(i * 7 + k) % 40}` }] },
            ]),
          },
        ]),
      },
      /compiled|states|large/,
    ],
    [
      "of overlapping patterns",
      { allOf: [..."abcdefgh"].map((c) => ({ type: "string", pattern: `${c}.{3}${c}` })) },
      /states|large/,
    ],
    [
      "of many counted properties",
      { minProperties: 300, properties: many(900, (i) => [`p${i}`, {}]) },
      /states|large/,
    ],
  ])("because they are too large, in a bounded time: %s", (_, schema, message) => {
    const start = performance.now();
    expect(refusalOf(schema)).toMatch(message);
    // Below half a second alone; the bound leaves room for others on the machine.
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it("not because counts are high", () => {
    expect(refusalOf({ type: "array", minItems: 100_000, maxItems: 1_000_000 })).toBe("compiled");
    expect(refusalOf({ type: "string", minLength: 100_000, maxLength: 1_000_000 })).toBe("compiled");
    expect(refusalOf({ type: "string", format: "uri", maxLength: 2048 })).toBe("compiled");
  });
});
