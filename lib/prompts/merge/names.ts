import type { Three } from "./merging";

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const isEqual = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((name, i) => name === b[i]);

/** For each name that stays, and for the beginning, the new names that follow it. */
function newcomers(
  names: readonly string[],
  base: Set<string>,
  stays: Set<string>,
): Map<string | null, string[]> {
  const after = new Map<string | null, string[]>();
  let anchor: string | null = null;
  for (const name of names) {
    if (stays.has(name)) anchor = name;
    else if (!base.has(name)) after.set(anchor, [...(after.get(anchor) ?? []), name]);
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
  const stays = new Set(order);
  const sides = [newcomers(theirs, known, stays), newcomers(mine, known, stays)];
  const after = (anchor: string | null) =>
    sides
      .map((side) => side.get(anchor) ?? [])
      .sort((a, b) => compare(a.join("\0"), b.join("\0")))
      .flat();
  return [...new Set([...after(null), ...order.flatMap((name) => [name, ...after(name)])])];
}
