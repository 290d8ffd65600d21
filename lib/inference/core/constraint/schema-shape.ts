import type { Budget } from "./budget";
import type { CharAutomaton } from "./pattern-automaton";
import type { SchemaNode } from "./schema-document";

/** All of these schemas at once; none means any value. */
export type Conjunction = readonly SchemaNode[];

export interface ValuesShape {
  kind: "values";
  values: readonly unknown[];
}

export interface StringShape {
  kind: "string";
  min: number;
  max: number;
  /** Undefined: any text. */
  pattern: CharAutomaton | undefined;
}

export interface NumberShape {
  kind: "number";
  integer: boolean;
  low: number;
  lowOpen: boolean;
  high: number;
  highOpen: boolean;
}

export interface ArrayShape {
  kind: "array";
  prefix: readonly Conjunction[];
  /** What the items after the prefix are. */
  rest: Conjunction;
  min: number;
  max: number;
  /** Where `uniqueItems` stands. */
  unique: string | undefined;
}

export interface ObjectShape {
  kind: "object";
  properties: ReadonlyMap<string, Conjunction>;
  required: ReadonlySet<string>;
  additional: Conjunction;
  min: number;
  max: number;
}

/** One way to be valid. A schema is a union of shapes; no shape is no valid value. */
export type Shape = ValuesShape | StringShape | NumberShape | ArrayShape | ObjectShape;

/** Knows the shapes of schemas. */
export interface ShapeSource {
  readonly budget: Budget;
  shapesOf(conjunction: Conjunction): readonly Shape[];
}

const unbounded = { min: 0, max: Number.POSITIVE_INFINITY };

export const anyString: StringShape = { kind: "string", ...unbounded, pattern: undefined };
export const anyNumber: NumberShape = {
  kind: "number",
  integer: false,
  low: Number.NEGATIVE_INFINITY,
  lowOpen: false,
  high: Number.POSITIVE_INFINITY,
  highOpen: false,
};
export const anyArray: ArrayShape = { kind: "array", prefix: [], rest: [], ...unbounded, unique: undefined };
export const anyObject: ObjectShape = {
  kind: "object",
  properties: new Map(),
  required: new Set(),
  additional: [],
  ...unbounded,
};

export function itemOf({ prefix, rest }: ArrayShape, index: number): Conjunction {
  return prefix[index] ?? rest;
}

export function propertyOf({ properties, additional }: ObjectShape, name: string): Conjunction {
  return properties.get(name) ?? additional;
}

/** No number is within. */
export function isEmptyRange({ low, lowOpen, high, highOpen }: NumberShape): boolean {
  return low > high || (low === high && (lowOpen || highOpen));
}

/** The numbers within both. */
export function bothRanges(a: NumberShape, b: NumberShape): NumberShape {
  const low = Math.max(a.low, b.low);
  const high = Math.min(a.high, b.high);
  return {
    kind: "number",
    integer: a.integer || b.integer,
    low,
    lowOpen: (a.low === low && a.lowOpen) || (b.low === low && b.lowOpen),
    high,
    highOpen: (a.high === high && a.highOpen) || (b.high === high && b.highOpen),
  };
}
