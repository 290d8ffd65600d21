/** A group (`memberId`) in a group (`groupId`). */
export interface Nesting {
  groupId: string;
  memberId: string;
}

/** For each group the groups it is in directly. */
function parentsOf(nestings: readonly Nesting[]): Map<string, string[]> {
  const parents = new Map<string, string[]>();
  for (const { groupId, memberId } of nestings) {
    const known = parents.get(memberId);
    if (known) known.push(groupId);
    else parents.set(memberId, [groupId]);
  }
  return parents;
}

const reversed = (nestings: readonly Nesting[]): Nesting[] =>
  nestings.map(({ groupId, memberId }) => ({ groupId: memberId, memberId: groupId }));

/**
 * Every group reached upwards from `direct`, each with the shortest chain of groups in between, from the inside out.
 * Ends also where rows contradict each other.
 */
export function groupsAbove(nestings: readonly Nesting[], direct: Iterable<string>): Map<string, string[]> {
  const parents = parentsOf(nestings);
  const found = new Map<string, string[]>();
  for (const id of direct) found.set(id, []);
  // A Map gives what is added while it is walked, in order: this is breadth first.
  for (const [id, through] of found) {
    for (const parent of parents.get(id) ?? []) {
      if (!found.has(parent)) found.set(parent, [...through, id]);
    }
  }
  return found;
}

/** The group and every group below it. */
export function groupsBelow(nestings: readonly Nesting[], id: string): Set<string> {
  return new Set(groupsAbove(reversed(nestings), [id]).keys());
}

/** The chain of groups by which `from` is in `to`, both included; undefined when it is not. */
export function chainUp(nestings: readonly Nesting[], from: string, to: string): string[] | undefined {
  const through = groupsAbove(nestings, [from]).get(to);
  return through && [...through, to];
}

function levelsAbove(parents: ReadonlyMap<string, string[]>, id: string, known: Map<string, number>): number {
  const before = known.get(id);
  if (before !== undefined) return before;
  // Counts as a top while it is being measured, so that a cycle in the rows cannot hold this for ever.
  known.set(id, 1);
  let levels = 1;
  for (const parent of parents.get(id) ?? []) {
    levels = Math.max(levels, 1 + levelsAbove(parents, parent, known));
  }
  known.set(id, levels);
  return levels;
}

/** Groups in the longest chain that would lead through `memberId` in `groupId`. */
export function levelsThrough(nestings: readonly Nesting[], { groupId, memberId }: Nesting): number {
  const above = levelsAbove(parentsOf(nestings), groupId, new Map());
  const below = levelsAbove(parentsOf(reversed(nestings)), memberId, new Map());
  return above + below;
}
