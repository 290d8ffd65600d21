import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020";
import { describe, expect, it } from "vitest";
import { isAppError } from "@/lib/core";
import { type Constraint, compileConstraint } from "@/lib/inference/core/constraint/constraint";
import { seededRandom } from "@/lib/inference/core/random";
import { Tokenizer } from "@/lib/inference/core/tokenizer";
import { pebble } from "../support";
import { randomSchema } from "./schema-generator";
import { picker, sample, syntheticVocabulary, type Vocabulary, vocabularyOf } from "./support";

const ajv = new Ajv2020({
  strict: false,
  validateSchema: false,
  validateFormats: false,
  ownProperties: true,
  logger: false,
  code: { optimize: false },
});

function compiled(schema: unknown): Constraint | string {
  try {
    return compileConstraint({ type: "json_schema", schema });
  } catch (error) {
    if (isAppError(error) && error.code === "invalid") return error.message;
    throw error;
  }
}

/** Compiles `count` schemas and draws from each; gives how many were refused, by reason. */
function drawMany(vocabulary: Vocabulary, seed: number, count: number): Map<string, number> {
  const random = seededRandom(seed);
  const { below } = picker(random);
  const refusals = new Map<string, number>();
  for (let round = 0; round < count; round++) {
    const schema = randomSchema(random);
    const constraint = compiled(schema);
    if (typeof constraint === "string") {
      const reason = constraint.replace(/^.*?: /, "").replace(/\d+/g, "N");
      refusals.set(reason, (refusals.get(reason) ?? 0) + 1);
      continue;
    }
    const { text } = sample(constraint, vocabulary, random, 1 + below(20));
    const value: unknown = JSON.parse(text);
    const validate = validatorOf(schema);
    if (validate === undefined) {
      refusals.set(unreadable, (refusals.get(unreadable) ?? 0) + 1);
      continue;
    }
    const isValid = validate(value);
    expect(isValid, `${text}\n${JSON.stringify(schema)}\n${ajv.errorsText(validate.errors)}`).toBe(true);
    ajv.removeSchema();
  }
  return refusals;
}

const unreadable = "Ajv does not come to an end.";

/** Ajv follows references round in circles even where no value can reach them. */
function validatorOf(schema: unknown): ValidateFunction | undefined {
  try {
    return ajv.compile(schema as object);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function requireMostDrawn(refusals: Map<string, number>, count: number): void {
  expect(refusals.get(unreadable) ?? 0).toBeLessThan(count / 100);
  const known = [
    "pattern matches no text.",
    unreadable,
    "No finite value is valid by this schema.",
    "refers to itself without a value in between, so no finite value is defined.",
    "oneOf branches N and N may both match: use anyOf.",
    "uniqueItems is supported only for items of at most N listed values.",
  ];
  expect(known).toEqual(expect.arrayContaining([...refusals.keys()]));
  expect([...refusals.values()].reduce((a, b) => a + b, 0)).toBeLessThan(count / 3);
}

describe("random schemas", () => {
  const synthetic = syntheticVocabulary(2000);

  // In parts, so that a busy machine has time enough for each: 4,300 here and 700 below.
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    "give only valid values, with a synthetic vocabulary: part %i of 10",
    (seed) => {
      requireMostDrawn(drawMany(synthetic, seed, 430), 430);
    },
  );

  it("give only valid values, with the built-in model's vocabulary", () => {
    const json = (file: string) => JSON.parse(readFileSync(join(pebble, file), "utf8"));
    const tokenizer = new Tokenizer("pebble-2m", json("tokenizer.json"), json("tokenizer_config.json"));
    const vocabulary = vocabularyOf(tokenizer.tokenBytes ?? [], tokenizer.endToken ?? -1);
    requireMostDrawn(drawMany(vocabulary, 20, 700), 700);
  });
});
