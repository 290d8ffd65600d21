import { bothAutomata } from "./pattern-automaton";
import {
  bothRanges,
  isEmptyRange,
  type ObjectShape,
  propertyOf,
  type Shape,
  type ShapeSource,
} from "./schema-shape";
import { isOfShape } from "./schema-value";

const MOST_DEPTH = 4;

/** True only when surely no value is of a shape of both: what `oneOf` needs. */
export function areDisjoint(
  reader: ShapeSource,
  a: readonly Shape[],
  b: readonly Shape[],
  depth = 0,
): boolean {
  reader.budget.spend(20 * a.length * b.length);
  return a.every((x) => b.every((y) => areApart(reader, x, y, depth)));
}

function areApart(reader: ShapeSource, a: Shape, b: Shape, depth: number): boolean {
  if (a.kind === "values") return !a.values.some((value) => isOfShape(reader, value, b));
  if (b.kind === "values") return areApart(reader, b, a, depth);
  if (a.kind === "number" && b.kind === "number") return isEmptyRange(bothRanges(a, b));
  if (a.kind === "object" && b.kind === "object") return areObjectsApart(reader, a, b, depth);
  if (a.kind !== b.kind) return true;
  if ("min" in a && "min" in b && (a.min > b.max || b.min > a.max)) return true;
  if (a.kind !== "string" || b.kind !== "string" || !a.pattern || !b.pattern) return false;
  return bothAutomata(a.pattern, b.pattern, reader.budget) === undefined;
}

/** Some key that one requires is forbidden in the other, or cannot have the same value in both. */
function areObjectsApart(reader: ShapeSource, a: ObjectShape, b: ObjectShape, depth: number): boolean {
  if (a.min > b.max || b.min > a.max) return true;
  if (depth >= MOST_DEPTH) return false;
  return [...new Set([...a.required, ...b.required])].some((name) => {
    const inA = reader.shapesOf(propertyOf(a, name));
    const inB = reader.shapesOf(propertyOf(b, name));
    if (a.required.has(name) && inB.length === 0) return true;
    if (b.required.has(name) && inA.length === 0) return true;
    return a.required.has(name) && b.required.has(name) && areDisjoint(reader, inA, inB, depth + 1);
  });
}
