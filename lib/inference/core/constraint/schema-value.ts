import type { CharAutomaton } from "./pattern-automaton";
import { isRecord } from "./schema-document";
import { canonicalJson } from "./schema-keyword";
import {
  type ArrayShape,
  type Conjunction,
  itemOf,
  type NumberShape,
  type ObjectShape,
  propertyOf,
  type Shape,
  type ShapeSource,
  type StringShape,
} from "./schema-shape";

/** Whether a value of `enum` or `const` is valid by the other keywords. */
export function isOfShape(reader: ShapeSource, value: unknown, shape: Shape): boolean {
  switch (shape.kind) {
    case "values":
      return shape.values.some((listed) => canonicalJson(listed) === canonicalJson(value));
    case "string":
      return typeof value === "string" && isOfString(value, shape);
    case "number":
      return typeof value === "number" && isInRange(value, shape);
    case "array":
      return Array.isArray(value) && isOfArray(reader, value, shape);
    case "object":
      return isRecord(value) && isOfObject(reader, value, shape);
  }
}

function isValid(reader: ShapeSource, value: unknown, conjunction: Conjunction): boolean {
  reader.budget.spend(5);
  return reader.shapesOf(conjunction).some((shape) => isOfShape(reader, value, shape));
}

function isOfString(value: string, { min, max, pattern }: StringShape): boolean {
  const length = Array.from(value).length;
  return length >= min && length <= max && (pattern === undefined || isMatch(value, pattern));
}

function isMatch(value: string, { edges, accepts }: CharAutomaton): boolean {
  let state = 0;
  for (const char of value) {
    const code = char.codePointAt(0) ?? 0;
    const next = edges[state]?.find(({ set }) =>
      set.some((low, i) => i % 2 === 0 && low <= code && code <= (set[i + 1] ?? 0)),
    );
    if (next === undefined) return false;
    state = next.target;
  }
  return accepts[state] ?? false;
}

export function isInRange(value: number, { integer, low, lowOpen, high, highOpen }: NumberShape): boolean {
  if (integer && !Number.isInteger(value)) return false;
  return (lowOpen ? value > low : value >= low) && (highOpen ? value < high : value <= high);
}

function isOfArray(reader: ShapeSource, value: readonly unknown[], shape: ArrayShape): boolean {
  if (value.length < shape.min || value.length > shape.max) return false;
  if (shape.unique !== undefined && new Set(value.map(canonicalJson)).size < value.length) return false;
  return value.every((item, i) => isValid(reader, item, itemOf(shape, i)));
}

function isOfObject(
  reader: ShapeSource,
  value: Readonly<Record<string, unknown>>,
  shape: ObjectShape,
): boolean {
  const entries = Object.entries(value);
  if (entries.length < shape.min || entries.length > shape.max) return false;
  if (![...shape.required].every((name) => Object.hasOwn(value, name))) return false;
  return entries.every(([name, member]) => isValid(reader, member, propertyOf(shape, name)));
}
