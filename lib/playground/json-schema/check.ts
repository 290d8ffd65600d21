import { AppError } from "@/lib/core";
import { patternTest } from "@/lib/inference/client";
import { arrayProblems } from "./check-array";
import { objectProblems } from "./check-object";
import { canonical } from "./equal";
import {
  amount,
  type CheckMember,
  type Finding,
  type Keywords,
  memberPath,
  type SchemaMismatch,
} from "./finding";
import { formats } from "./formats";
import { isRecord, isSchema, type Schema } from "./keywords";
import { References } from "./reference";

const deepest = 300;
const mostSteps = 500_000;

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

const spoken: Record<string, string> = {
  null: "null",
  boolean: "true or false",
  object: "an object",
  array: "a list",
  number: "a number",
  string: "a text",
  integer: "a whole number",
};
const inWords = (type: string) => spoken[type] ?? type;

function hasType(value: unknown, type: unknown): boolean {
  return type === "integer" ? Number.isInteger(value) : type === typeOf(value);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "null";
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** Checks values by one schema, drafts 7 and 2020-12. Call `schemaProblem` first: what it refuses is not understood here. */
export class SchemaCheck {
  readonly #references: References;
  readonly #draft7: boolean;
  readonly #tests = new Map<string, (text: string) => boolean>();
  #steps = 0;
  #depth = 0;

  constructor(private readonly root: Schema) {
    this.#references = new References(root);
    this.#draft7 = isRecord(root) && /draft-0?7/.test(String(root.$schema ?? ""));
  }

  /** @throws AppError `unprocessable` when the schema goes round in circles or asks for too much work. */
  problems(value: unknown): SchemaMismatch[] {
    this.#steps = 0;
    return this.find(this.root, value, "").problems;
  }

  matches(pattern: string, text: string): boolean {
    const test = this.#tests.get(pattern) ?? patternTest(pattern, "search");
    this.#tests.set(pattern, test);
    return test(text);
  }

  find(schema: unknown, value: unknown, path: string): Finding {
    const finding: Finding = { problems: [], keys: new Set(), items: new Set() };
    if (schema === false) finding.problems.push({ path, why: "may not be here" });
    if (!isRecord(schema)) return finding;
    if (++this.#steps > mostSteps || this.#depth >= deepest)
      throw new AppError(
        "unprocessable",
        "The schema refers to itself without end, or is too large to check by.",
      );
    this.#depth++;
    this.#fill(finding, schema, value, path);
    this.#depth--;
    return finding;
  }

  #fill(finding: Finding, schema: Keywords, value: unknown, path: string): void {
    const reference = schema.$ref ?? schema.$dynamicRef;
    if (typeof reference === "string") {
      this.#take(finding, this.find(this.#references.find(reference), value, path));
      if (this.#draft7) return;
    }
    const say = (why: string) => finding.problems.push({ path, why });
    const types = [schema.type].flat();
    if (schema.type !== undefined && !types.some((type) => hasType(value, type))) {
      say(`is ${inWords(typeOf(value))}, not ${types.map((type) => inWords(String(type))).join(" or ")}`);
      return;
    }
    if ("const" in schema && canonical(value) !== canonical(schema.const))
      say(`is ${show(value)}, not ${show(schema.const)}`);
    if (Array.isArray(schema.enum) && !schema.enum.some((entry) => canonical(entry) === canonical(value)))
      say(`is ${show(value)}, not one of ${show(schema.enum).slice(1).replace(/\]$/, "")}`);
    if (typeof value === "number") this.#number(schema, value, say);
    if (typeof value === "string") this.#text(schema, value, say);
    this.#combine(finding, schema, value, path);
    const member: CheckMember = (below, entry, at) => this.find(below, entry, at).problems;
    if (Array.isArray(value)) arrayProblems(schema, value, path, finding, member);
    if (isRecord(value)) {
      const matches = (pattern: string, key: string) => this.matches(pattern, key);
      objectProblems(schema, value, path, finding, { member, matches });
      for (const [key, below] of Object.entries(schema.dependentSchemas ?? schema.dependencies ?? {}))
        if (Object.hasOwn(value, key) && isSchema(below)) this.#take(finding, this.find(below, value, path));
    }
    this.#unevaluated(finding, schema, value, path);
  }

  #take(finding: Finding, other: Finding): void {
    finding.problems.push(...other.problems);
    this.#cover(finding, other);
  }

  #cover(finding: Finding, { keys, items }: Finding): void {
    for (const key of keys) finding.keys.add(key);
    for (const item of items) finding.items.add(item);
  }

  #number(schema: Keywords, value: number, say: (why: string) => void): void {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
    if (typeof minimum === "number" && value < minimum) say(`is ${value}, less than ${minimum}`);
    if (typeof maximum === "number" && value > maximum) say(`is ${value}, more than ${maximum}`);
    if (typeof exclusiveMinimum === "number" && value <= exclusiveMinimum)
      say(`is ${value}, not above ${exclusiveMinimum}`);
    if (typeof exclusiveMaximum === "number" && value >= exclusiveMaximum)
      say(`is ${value}, not below ${exclusiveMaximum}`);
    if (typeof multipleOf === "number") {
      const times = value / multipleOf;
      // 0.3 is a multiple of 0.1, whatever binary fractions make of it.
      if (Math.abs(times - Math.round(times)) > 1e-9 * Math.max(1, Math.abs(times)))
        say(`is ${value}, not a multiple of ${multipleOf}`);
    }
  }

  #text(schema: Keywords, value: string, say: (why: string) => void): void {
    const { minLength, maxLength, pattern, format } = schema;
    const length = Array.from(value).length;
    if (typeof minLength === "number" && length < minLength)
      say(`has ${amount(length, "character")}, at least ${minLength} are asked for`);
    if (typeof maxLength === "number" && length > maxLength)
      say(`has ${amount(length, "character")}, at most ${maxLength} are allowed`);
    if (typeof pattern === "string" && !this.matches(pattern, value)) say(`does not match ${pattern}`);
    if (typeof format === "string" && Object.hasOwn(formats, format) && !formats[format]?.(value))
      say(`is not of the format ${format}`);
  }

  #combine(finding: Finding, schema: Keywords, value: unknown, path: string): void {
    const { allOf, anyOf, oneOf } = schema;
    const all = (list: unknown) =>
      Array.isArray(list) ? list.map((option) => this.find(option, value, path)) : [];
    for (const found of all(allOf)) this.#take(finding, found);
    if (Array.isArray(anyOf)) {
      const found = all(anyOf);
      const passed = found.filter(({ problems }) => problems.length === 0);
      for (const option of passed) this.#cover(finding, option);
      if (passed.length === 0) finding.problems.push(...nearest(found, path));
    }
    if (Array.isArray(oneOf)) {
      const found = all(oneOf);
      const passed = found.filter(({ problems }) => problems.length === 0);
      for (const option of passed) this.#cover(finding, option);
      if (passed.length === 0) finding.problems.push(...nearest(found, path));
      if (passed.length > 1)
        finding.problems.push({ path, why: `fits ${passed.length} of the forms, of which it may fit one` });
    }
    if (schema.not !== undefined && this.find(schema.not, value, path).problems.length === 0)
      finding.problems.push({ path, why: "is what it may not be" });
    if (schema.if !== undefined) {
      const condition = this.find(schema.if, value, path);
      const holds = condition.problems.length === 0;
      if (holds) this.#cover(finding, condition);
      const then = holds ? schema.then : schema.else;
      if (then !== undefined) this.#take(finding, this.find(then, value, path));
    }
  }

  #unevaluated(finding: Finding, schema: Keywords, value: unknown, path: string): void {
    const { unevaluatedItems, unevaluatedProperties } = schema;
    if (Array.isArray(value) && unevaluatedItems !== undefined)
      value.forEach((item, index) => {
        if (finding.items.has(index)) return;
        finding.items.add(index);
        finding.problems.push(...this.find(unevaluatedItems, item, `${path}[${index}]`).problems);
      });
    if (isRecord(value) && unevaluatedProperties !== undefined)
      for (const [key, entry] of Object.entries(value)) {
        if (finding.keys.has(key)) continue;
        finding.keys.add(key);
        finding.problems.push(...this.find(unevaluatedProperties, entry, memberPath(path, key)).problems);
      }
  }
}

/** Of several forms none of which fits, the one that fits best speaks for all. */
function nearest(found: Finding[], path: string): SchemaMismatch[] {
  const deeper = found.filter(({ problems }) => problems.some((problem) => problem.path !== path));
  const [only] = deeper.length > 0 ? deeper.sort((a, b) => a.problems.length - b.problems.length) : found;
  if (only && (found.length === 1 || deeper.length === 1)) return only.problems;
  return [{ path, why: `fits none of the ${found.length} forms it may have` }];
}
