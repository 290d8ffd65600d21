import type { Three } from "./merging";

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const isEqual = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((name, i) => name === b[i]);

/** For each name that the base has, and for the beginning, the new names that follow it. */
function newcomers(names: readonly string[], known: Set<string>): Map<string | null, string[]> {
  const after = new Map<string | null, string[]>();
  let anchor: string | null = null;
  for (const name of names) {
    if (known.has(name)) anchor = name;
    else after.set(anchor, [...(after.get(anchor) ?? []), name]);
  }
  return after;
}

/**
 * Merges lists of different names in which the order hardly matters: what one side took out is gone, what one
 * added is there. Never a conflict, and the same whichever side is which.
 */
export function mergeNames({ base, theirs, mine }: Three<readonly string[]>): string[] {
  const known = new Set(base);
  const [inTheirs, inMine] = [new Set(theirs), new Set(mine)];
  const isLeft = (name: string) => known.has(name) && inTheirs.has(name) && inMine.has(name);
  const [old, their, my] = [base.filter(isLeft), theirs.filter(isLeft), mine.filter(isLeft)];
  const smaller = compare(their.join("\0"), my.join("\0")) < 0 ? their : my;
  const order = isEqual(their, old) ? my : isEqual(my, old) ? their : smaller;
  const sides = [newcomers(theirs, known), newcomers(mine, known)];
  const merged = new Set<string>();
  const add = (anchor: string | null) => {
    const lists = sides
      .map((side) => side.get(anchor) ?? [])
      .sort((a, b) => compare(a.join("\0"), b.join("\0")));
    for (const name of lists.flat()) merged.add(name);
  };
  add(null);
  const anchors = new Set(order);
  const gone = base.filter((name) => !anchors.has(name));
  for (const name of order) {
    merged.add(name);
    add(name);
  }
  for (const name of gone) add(name);
  return [...merged];
}
