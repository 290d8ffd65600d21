import { type SequenceChange, sequenceChanges } from "./changes";

type Range = readonly [start: number, end: number];

/** A stretch of a merge: which elements of the three it covers, and which of them stand in the result. */
export interface MergedStretch {
  base: Range;
  theirs: Range;
  mine: Range;
  /** `both` made the same change; `none` changed it. */
  changedBy: "none" | "theirs" | "mine" | "both" | "conflict";
}

type Side = "theirs" | "mine";
type SideChange = SequenceChange & { side: Side; added: readonly string[] };

/**
 * Changes that touch without overlapping have one order. They are kept apart unless one could hold the other's
 * lines: where both add, a line that both brought would stand there twice.
 */
function areApart(one: SideChange, other: SideChange): boolean {
  const grows = ({ start, end, added }: SideChange) => added.length > end - start;
  if (!grows(one) && !grows(other)) return true;
  if (grows(one) && grows(other)) return false;
  const [added, kept] = grows(one) ? [one, other] : [other, one];
  return added.start === added.end && !added.added.some((line) => kept.added.includes(line));
}

interface Group {
  start: number;
  end: number;
  changes: SideChange[];
}

const belongs = (change: SideChange, { end, changes }: Group): boolean =>
  change.start < end ||
  (change.start === end &&
    changes.some((one) => one.side !== change.side && one.end === end && !areApart(one, change)));

function groupsOf(changes: SideChange[]): Group[] {
  const groups: Group[] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    if (last && belongs(change, last)) {
      last.end = Math.max(last.end, change.end);
      last.changes.push(change);
    } else groups.push({ start: change.start, end: change.end, changes: [change] });
  }
  return groups;
}

const isSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((element, i) => element === b[i]);

/** How many elements at the beginning, and then at the end, stand in both. */
function common(a: readonly string[], b: readonly string[]): [head: number, tail: number] {
  const most = Math.min(a.length, b.length);
  let head = 0;
  while (head < most && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < most - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return [head, tail];
}

type Sequences = Record<"base" | Side, readonly string[]>;
type Sizes = Record<"base" | Side, number>;

class Merge {
  readonly stretches: MergedStretch[] = [];
  private readonly at: Sizes = { base: 0, theirs: 0, mine: 0 };

  constructor(private readonly of: Sequences) {}

  /** What nobody changed, up to an element of the base. */
  keep(end: number): void {
    const size = end - this.at.base;
    this.push("none", { base: size, theirs: size, mine: size });
  }

  settle({ start, end, changes }: Group): void {
    const sizes = { base: end - start, theirs: end - start, mine: end - start };
    for (const one of changes) sizes[one.side] += one.to - one.from - (one.end - one.start);
    const [side = "mine", ...others] = new Set(changes.map((one) => one.side));
    if (others.length === 0) this.push(side, sizes);
    else this.settleBoth(sizes);
  }

  private settleBoth(sizes: Sizes): void {
    const [base, theirs, mine] = [
      this.next("base", sizes),
      this.next("theirs", sizes),
      this.next("mine", sizes),
    ];
    if (isSame(theirs, mine)) {
      this.push("both", sizes);
      return;
    }
    const [head, tail] = common(theirs, mine);
    const rest = (side: readonly string[]) => side.slice(head, side.length - tail);
    const changedBy = isSame(rest(theirs), base) ? "mine" : isSame(rest(mine), base) ? "theirs" : "conflict";
    this.push("both", { base: 0, theirs: head, mine: head });
    this.push(changedBy, {
      base: sizes.base,
      theirs: sizes.theirs - head - tail,
      mine: sizes.mine - head - tail,
    });
    this.push("both", { base: 0, theirs: tail, mine: tail });
  }

  private next(name: keyof Sizes, sizes: Sizes): readonly string[] {
    return this.of[name].slice(this.at[name], this.at[name] + sizes[name]);
  }

  private push(changedBy: MergedStretch["changedBy"], sizes: Sizes): void {
    if (sizes.base + sizes.theirs + sizes.mine === 0) return;
    const take = (name: keyof Sizes): Range => {
      const start = this.at[name];
      this.at[name] += sizes[name];
      return [start, this.at[name]];
    };
    this.stretches.push({ base: take("base"), theirs: take("theirs"), mine: take("mine"), changedBy });
  }
}

/**
 * Merges two descendants of one sequence. What only one of them changed is taken; what both changed in the same
 * way stands once; else it is a conflict, as small as what they agree on at its ends allows.
 * S. Khanna, K. Kunal, B. C. Pierce, "A formal investigation of diff3", 2007.
 */
export function mergeSequences(
  base: readonly string[],
  theirs: readonly string[],
  mine: readonly string[],
): MergedStretch[] {
  const changesOf = (side: Side, sequence: readonly string[]): SideChange[] =>
    sequenceChanges(base, sequence).map((change) => ({
      ...change,
      side,
      added: sequence.slice(change.from, change.to),
    }));
  const changes = [...changesOf("theirs", theirs), ...changesOf("mine", mine)];
  const merge = new Merge({ base, theirs, mine });
  for (const group of groupsOf(changes.sort((a, b) => a.start - b.start || a.end - b.end))) {
    merge.keep(group.start);
    merge.settle(group);
  }
  merge.keep(base.length);
  return merge.stretches;
}
