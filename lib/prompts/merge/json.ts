import { type Conflicts, each, mergeWhole, type Three, undisputed } from "./merging";
import { mergeNames } from "./names";

type JsonObject = Record<string, unknown>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Such as `required` and `enum`: a list of different words. */
const isSetOfWords = (value: unknown): value is string[] =>
  Array.isArray(value) &&
  value.every((item) => typeof item === "string") &&
  new Set(value).size === value.length;

function areAll<Value>(three: Three<unknown>, is: (value: unknown) => value is Value): three is Three<Value> {
  return is(three.base) && is(three.theirs) && is(three.mine);
}

/** Merges JSON: objects by their keys, lists of different words by what came and went, anything else as a whole. */
export function mergeJson(path: string, three: Three<unknown>, conflicts: Conflicts): unknown {
  const settled = undisputed(three);
  if (settled) return settled.value;
  if (areAll(three, isSetOfWords)) return mergeNames(three);
  if (!areAll(three, isObject)) return mergeWhole(path, three, conflicts);
  const keys = new Set([
    ...Object.keys(three.base),
    ...Object.keys(three.mine),
    ...Object.keys(three.theirs),
  ]);
  const merged = [...keys].flatMap((key): [string, unknown][] => {
    const values = each(three, (object) => (Object.hasOwn(object, key) ? object[key] : undefined));
    const value = mergeJson(`${path}.${key}`, values, conflicts);
    return value === undefined ? [] : [[key, value]];
  });
  return Object.fromEntries(merged);
}
