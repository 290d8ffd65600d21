import { refusal } from "./budget";
import type { CharAutomaton } from "./pattern-automaton";
import { isRecord, type SchemaNode } from "./schema-document";
import { automatonOfFormat, stringFormats } from "./string-format";

/** Say nothing about validity. */
const annotations = new Set([
  "$anchor",
  "$comment",
  "$defs",
  "$id",
  "$schema",
  "contentEncoding",
  "contentMediaType",
  "contentSchema",
  "default",
  "definitions",
  "deprecated",
  "description",
  "example",
  "examples",
  "readOnly",
  "title",
  "writeOnly",
]);

const supported = new Set([
  "$ref",
  "additionalProperties",
  "allOf",
  "anyOf",
  "const",
  "enum",
  "exclusiveMaximum",
  "exclusiveMinimum",
  "format",
  "items",
  "maxItems",
  "maxLength",
  "maxProperties",
  "maximum",
  "minItems",
  "minLength",
  "minProperties",
  "minimum",
  "multipleOf",
  "oneOf",
  "pattern",
  "patternProperties",
  "prefixItems",
  "properties",
  "required",
  "type",
  "uniqueItems",
]);

const typeNames = ["null", "boolean", "string", "integer", "number", "object", "array"] as const;
export type TypeName = (typeof typeNames)[number];

const MOST_VALUES = 5000;

/** Reads the keywords of one schema object, refusing what is malformed. */
export class KeywordReader {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #pointer: string;

  /** @throws AppError `invalid` for a keyword that is not supported. */
  constructor({ value, pointer }: SchemaNode) {
    this.#values = isRecord(value) ? value : {};
    this.#pointer = pointer;
    for (const key of Object.keys(this.#values)) {
      if (!supported.has(key) && !annotations.has(key)) throw this.refuse(key, "is not supported.");
    }
    this.#refuseUnusual();
  }

  refuse(keyword: string, reason: string): Error {
    return refusal(`${keyword} ${reason}`, this.#pointer);
  }

  has(keyword: string): boolean {
    return this.get(keyword) !== undefined;
  }

  get(keyword: string): unknown {
    return Object.hasOwn(this.#values, keyword) ? this.#values[keyword] : undefined;
  }

  #refuseUnusual(): void {
    const multiple = this.get("multipleOf");
    if (multiple !== undefined && (multiple !== 1 || !this.types()?.every((type) => type !== "number")))
      throw this.refuse("multipleOf", "is supported only as 1 with type integer.");
    const patterns = this.get("patternProperties");
    if (patterns !== undefined && (!isRecord(patterns) || Object.keys(patterns).length > 0))
      throw this.refuse("patternProperties", "is not supported.");
    if (Array.isArray(this.get("items")))
      throw this.refuse("items", "must be one schema: use prefixItems for tuples.");
  }

  types(): readonly TypeName[] | undefined {
    const type = this.get("type");
    if (type === undefined) return undefined;
    const list: unknown[] = Array.isArray(type) ? type : [type];
    const isKnown = (name: unknown): name is TypeName => typeNames.includes(name as TypeName);
    if (list.length === 0 || !list.every(isKnown))
      throw this.refuse("type", `must be of ${typeNames.join(", ")}.`);
    return list;
  }

  /** The values of `enum` and `const`; undefined when neither is given. */
  values(): readonly unknown[] | undefined {
    const listed = this.get("enum");
    if (listed !== undefined && !Array.isArray(listed)) throw this.refuse("enum", "must be a list.");
    if (listed && listed.length > MOST_VALUES)
      throw this.refuse("enum", `has ${listed.length} values, at most ${MOST_VALUES} are taken.`);
    if (!this.has("const")) return listed;
    const constant = this.get("const");
    if (!listed) return [constant];
    return listed.some((value) => canonicalJson(value) === canonicalJson(constant)) ? [constant] : [];
  }

  /** A count such as `minLength`. */
  count(keyword: string): number | undefined {
    const value = this.get(keyword);
    if (value === undefined) return undefined;
    if (typeof value !== "number" || !Number.isInteger(value) || value < 0)
      throw this.refuse(keyword, "must be a whole number of zero or more.");
    return value;
  }

  /** A pair of counts. @throws AppError `invalid` when they contradict each other. */
  counts(least: string, most: string): { min: number; max: number } {
    const min = this.count(least) ?? 0;
    const max = this.count(most) ?? Number.POSITIVE_INFINITY;
    if (min > max) throw this.refuse(least, `is greater than ${most}.`);
    if (min > 2 ** 31 || (max > 2 ** 31 && max !== Number.POSITIVE_INFINITY))
      throw this.refuse(least, `and ${most} must be below 2^31.`);
    return { min, max };
  }

  number(keyword: string): number | undefined {
    const value = this.get(keyword);
    if (value === undefined) return undefined;
    if (typeof value !== "number") throw this.refuse(keyword, "must be a number.");
    return value;
  }

  flag(keyword: string): boolean {
    const value = this.get(keyword) ?? false;
    if (typeof value !== "boolean") throw this.refuse(keyword, "must be true or false.");
    return value;
  }

  text(keyword: string): string | undefined {
    const value = this.get(keyword);
    if (value !== undefined && typeof value !== "string") throw this.refuse(keyword, "must be text.");
    return value;
  }

  /** The length of a list of schemas such as `anyOf`; undefined when it is not given. */
  listLength(keyword: string): number | undefined {
    const value = this.get(keyword);
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || value.length === 0)
      throw this.refuse(keyword, "must be a list with one schema at least.");
    return value.length;
  }

  propertyNames(): readonly string[] {
    const value = this.get("properties");
    if (value === undefined) return [];
    if (!isRecord(value)) throw this.refuse("properties", "must be an object.");
    const names = Object.keys(value);
    for (const name of names) this.#requireUnicode("properties", name);
    return names;
  }

  required(): readonly string[] {
    const value = this.get("required");
    if (value === undefined) return [];
    if (!Array.isArray(value) || !value.every((name) => typeof name === "string"))
      throw this.refuse("required", "must be a list of names.");
    for (const name of value) this.#requireUnicode("required", name);
    return value;
  }

  #requireUnicode(keyword: string, text: string): void {
    if (!text.isWellFormed()) throw this.refuse(keyword, "holds half a surrogate pair.");
  }

  format(): CharAutomaton | undefined {
    const format = this.text("format");
    if (format === undefined) return undefined;
    const automaton = automatonOfFormat(format);
    if (automaton === undefined)
      throw this.refuse("format", `${format} is not supported; these are: ${stringFormats.join(", ")}.`);
    return automaton;
  }
}

/** JSON text that is equal for equal values: object keys sorted. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    isRecord(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
