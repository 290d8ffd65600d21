import type { MergeConflict } from "../schema";
import { isSame } from "./hash";

/** The same thing in the version both started from and in the two that came of it. */
export interface Three<Value> {
  base: Value;
  theirs: Value;
  mine: Value;
}

/** Where a merge notes what it cannot decide. */
export type Conflicts = MergeConflict[];

const shown = (value: unknown): string | null =>
  value === undefined || value === null ? null : typeof value === "string" ? value : JSON.stringify(value);

export function noteConflict(
  conflicts: Conflicts,
  path: string,
  { base, theirs, mine }: Three<unknown>,
): void {
  conflicts.push({ path, base: shown(base), theirs: shown(theirs), mine: shown(mine) });
}

/** What one side alone changed, or both alike; undefined where they differ. */
export function undisputed<Value>({ base, theirs, mine }: Three<Value>): { value: Value } | undefined {
  if (isSame(theirs, base) || isSame(theirs, mine)) return { value: mine };
  if (isSame(mine, base)) return { value: theirs };
  return undefined;
}

/** A value that is taken as a whole; mine where they differ. */
export function mergeWhole<Value>(path: string, three: Three<Value>, conflicts: Conflicts): Value {
  const settled = undisputed(three);
  if (settled) return settled.value;
  noteConflict(conflicts, path, three);
  return three.mine;
}

/** One part of each of the three. */
export const each = <Whole, Part>(
  { base, theirs, mine }: Three<Whole>,
  part: (whole: Whole) => Part,
): Three<Part> => ({ base: part(base), theirs: part(theirs), mine: part(mine) });
