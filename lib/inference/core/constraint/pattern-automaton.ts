import { type Budget, refusal } from "./budget";
import { anyChar, type CharSet, charSet, intersectSets, rangesOf } from "./char-set";
import { type Pattern, parsePattern } from "./pattern-syntax";

const MOST_STATES = 6000;

/** A deterministic automaton over code points in which every state can reach an accepting one; 0 is the start. */
export interface CharAutomaton {
  edges: { set: CharSet; target: number }[][];
  accepts: boolean[];
}

/** `whole`: the pattern must match the text from end to end; `search`: it must be found somewhere in it. */
export type MatchMode = "whole" | "search";

/** @returns undefined when nothing matches. */
export function patternAutomaton(
  source: string,
  mode: MatchMode,
  budget: Budget,
  pointer?: string,
): CharAutomaton | undefined {
  const nondeterministic = new CharNetwork(budget);
  const pattern = withoutAnchors(parsePattern(source, pointer), mode === "search");
  const end = nondeterministic.add(0, pattern, pointer);
  nondeterministic.accept(end);
  return nondeterministic.determine();
}

const anything: Pattern = {
  kind: "repeat",
  part: { kind: "set", set: anyChar },
  min: 0,
  max: Number.POSITIVE_INFINITY,
};

/** Anchors at the ends of the outermost alternatives turned into what they mean. */
function withoutAnchors(pattern: Pattern, searches: boolean): Pattern {
  if (pattern.kind === "choice") {
    return { kind: "choice", options: pattern.options.map((option) => withoutAnchors(option, searches)) };
  }
  if (pattern.kind !== "sequence") return withoutAnchors({ kind: "sequence", parts: [pattern] }, searches);
  const only = pattern.parts.length === 1 ? pattern.parts[0] : undefined;
  if (only?.kind === "choice" || only?.kind === "sequence") return withoutAnchors(only, searches);
  const isStart = pattern.parts[0]?.kind === "start";
  const isEnd = pattern.parts.at(-1)?.kind === "end";
  const inner = pattern.parts.slice(isStart ? 1 : 0, isEnd ? -1 : undefined);
  if (!searches) return { kind: "sequence", parts: inner };
  return {
    kind: "sequence",
    parts: [...(isStart ? [] : [anything]), ...inner, ...(isEnd ? [] : [anything])],
  };
}

/** A nondeterministic automaton in the making; state 0 is its start. */
export class CharNetwork {
  readonly #budget: Budget;
  readonly #edges: { set: CharSet; target: number }[][] = [[]];
  readonly #jumps: number[][] = [[]];
  readonly #accepts = new Set<number>();

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  state(): number {
    this.#budget.spend(5);
    this.#jumps.push([]);
    return this.#edges.push([]) - 1;
  }

  edge(from: number, set: CharSet, target: number): void {
    this.#budget.spend(1 + set.length);
    if (set.length > 0) this.#edges[from]?.push({ set, target });
  }

  accept(state: number): void {
    this.#accepts.add(state);
  }

  /** Adds a pattern after `from`; gives the state after it. */
  add(from: number, pattern: Pattern, pointer?: string): number {
    switch (pattern.kind) {
      case "set": {
        const to = this.state();
        this.edge(from, pattern.set, to);
        return to;
      }
      case "sequence":
        return pattern.parts.reduce((at, part) => this.add(at, part, pointer), from);
      case "choice": {
        const to = this.state();
        for (const option of pattern.options) this.#jumps[this.add(from, option, pointer)]?.push(to);
        return to;
      }
      case "repeat":
        return this.#repeat(from, pattern.part, pattern.min, pattern.max, pointer);
      default:
        throw refusal("pattern: ^ and $ are supported only at the ends of the pattern.", pointer);
    }
  }

  #repeat(from: number, part: Pattern, min: number, max: number, pointer: string | undefined): number {
    let at = this.#fresh(from);
    for (let i = 0; i < min; i++) at = this.#fresh(this.add(at, part, pointer));
    if (max === Number.POSITIVE_INFINITY) {
      this.#jumps[this.add(at, part, pointer)]?.push(at);
      return this.#fresh(at);
    }
    const to = this.state();
    this.#jumps[at]?.push(to);
    for (let i = min; i < max; i++) {
      at = this.#fresh(this.add(at, part, pointer));
      this.#jumps[at]?.push(to);
    }
    return to;
  }

  /** A state of its own after `from`, so that no loop can be entered from what precedes it. */
  #fresh(from: number): number {
    const to = this.state();
    this.#jumps[from]?.push(to);
    return to;
  }

  /** The subset construction; undefined when nothing is accepted. */
  determine(): CharAutomaton | undefined {
    const numbers = new Map<string, number>();
    const sets: number[][] = [];
    const edges: CharAutomaton["edges"] = [];
    const numberOf = (states: number[]): number => {
      const closed = this.#closure(states);
      const key = closed.join();
      const known = numbers.get(key);
      if (known !== undefined) return known;
      requireFew(sets.length);
      numbers.set(key, sets.length);
      return sets.push(closed) - 1;
    };
    numberOf([0]);
    for (let at = 0; at < sets.length; at++) {
      edges.push(this.#deterministicEdges(sets[at] ?? [], numberOf));
    }
    return trimmed({ edges, accepts: sets.map((set) => set.some((state) => this.#accepts.has(state))) });
  }

  #closure(states: number[]): number[] {
    const seen = new Set(states);
    const open = [...states];
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      this.#budget.spend(4);
      for (const target of this.#jumps[state] ?? []) {
        if (seen.has(target)) continue;
        seen.add(target);
        open.push(target);
      }
    }
    return [...seen]
      .filter((state) => this.#accepts.has(state) || this.#edges[state]?.length !== 0)
      .sort((a, b) => a - b);
  }

  #deterministicEdges(
    states: number[],
    numberOf: (states: number[]) => number,
  ): { set: CharSet; target: number }[] {
    const ranges = states.flatMap((state) =>
      (this.#edges[state] ?? []).flatMap(({ set, target }) =>
        rangesOf(set).map(([low, high]) => ({ low, high, target })),
      ),
    );
    const bySet = new Map<string, { targets: number[]; parts: [number, number][] }>();
    for (const { low, high, targets } of disjointRanges(ranges, this.#budget)) {
      const key = targets.join();
      const group = bySet.get(key);
      if (group) group.parts.push([low, high]);
      else bySet.set(key, { targets, parts: [[low, high]] });
    }
    const byTarget = new Map<number, [number, number][]>();
    for (const { targets, parts } of bySet.values()) {
      const target = numberOf(targets);
      byTarget.set(target, [...(byTarget.get(target) ?? []), ...parts]);
    }
    return [...byTarget].map(([target, parts]) => ({ set: charSet(parts), target }));
  }
}

function requireFew(states: number): void {
  if (states >= MOST_STATES)
    throw refusal(`A pattern needs more than ${MOST_STATES} states: simplify it or its repetitions.`);
}

/** Cuts overlapping ranges into disjoint ones with all their targets, by a sweep over their ends. */
function disjointRanges(
  ranges: { low: number; high: number; target: number }[],
  budget: Budget,
): { low: number; high: number; targets: number[] }[] {
  const ends = ranges
    .flatMap(({ low, high, target }) => [
      { at: low, target, change: 1 },
      { at: high + 1, target, change: -1 },
    ])
    .sort((a, b) => a.at - b.at);
  const counts = new Map<number, number>();
  const result: { low: number; high: number; targets: number[] }[] = [];
  for (const [i, { at, target, change }] of ends.entries()) {
    const count = (counts.get(target) ?? 0) + change;
    if (count === 0) counts.delete(target);
    else counts.set(target, count);
    const next = ends[i + 1]?.at ?? at;
    if (next === at || counts.size === 0) continue;
    budget.spend(4 * (1 + counts.size));
    result.push({ low: at, high: next - 1, targets: [...counts.keys()].sort((a, b) => a - b) });
  }
  return result;
}

/** Only states that can reach an accepting one; undefined when the start cannot. */
function trimmed({ edges, accepts }: CharAutomaton): CharAutomaton | undefined {
  const sources: number[][] = edges.map(() => []);
  for (const [from, list] of edges.entries()) for (const { target } of list) sources[target]?.push(from);
  const alive = new Set<number>();
  const open = [...accepts.keys()].filter((state) => accepts[state]);
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (alive.has(state)) continue;
    alive.add(state);
    open.push(...(sources[state] ?? []));
  }
  if (!alive.has(0)) return undefined;
  const kept = [...edges.keys()].filter((state) => alive.has(state));
  const numbers = new Map(kept.map((state, index) => [state, index]));
  return {
    edges: kept.map((state) =>
      (edges[state] ?? []).flatMap(({ set, target }) => {
        const number = numbers.get(target);
        return number === undefined ? [] : [{ set, target: number }];
      }),
    ),
    accepts: kept.map((state) => accepts[state] ?? false),
  };
}

/** What both accept. */
export function bothAutomata(a: CharAutomaton, b: CharAutomaton, budget: Budget): CharAutomaton | undefined {
  return product(
    [0, 0],
    ([x, y]) =>
      (a.edges[x] ?? []).flatMap((left) =>
        (b.edges[y] ?? []).map((right) => ({
          set: intersectSets(left.set, right.set),
          target: [left.target, right.target] as const,
        })),
      ),
    ([x, y]) => (a.accepts[x] ?? false) && (b.accepts[y] ?? false),
    budget,
  );
}

/** What it accepts of at least `min` code points. */
export function longAutomaton(
  automaton: CharAutomaton,
  min: number,
  budget: Budget,
): CharAutomaton | undefined {
  return product(
    [0, 0],
    ([state, count]) => {
      const next = Math.min(count + 1, min);
      return (automaton.edges[state] ?? []).map(({ set, target }) => ({
        set,
        target: [target, next] as const,
      }));
    },
    ([state, count]) => count >= min && (automaton.accepts[state] ?? false),
    budget,
  );
}

/** Fewest code points to an accepting state, per state. */
export function charsToEnd({ edges, accepts }: CharAutomaton): number[] {
  const sources: number[][] = edges.map(() => []);
  for (const [from, list] of edges.entries()) for (const { target } of list) sources[target]?.push(from);
  const left = accepts.map((isEnd): number => (isEnd ? 0 : -1));
  const open = [...accepts.keys()].filter((state) => accepts[state]);
  for (let at = 0; at < open.length; at++) {
    const state = open[at] ?? 0;
    for (const source of sources[state] ?? []) {
      if (left[source] !== -1) continue;
      left[source] = (left[state] ?? 0) + 1;
      open.push(source);
    }
  }
  return left;
}

type Pair = readonly [number, number];

function product(
  start: Pair,
  edgesOf: (pair: Pair) => { set: CharSet; target: Pair }[],
  isAccepting: (pair: Pair) => boolean,
  budget: Budget,
): CharAutomaton | undefined {
  const numbers = new Map<string, number>([[start.join(), 0]]);
  const pairs: Pair[] = [start];
  const edges: CharAutomaton["edges"] = [];
  const numberOf = (pair: Pair): number => {
    const known = numbers.get(pair.join());
    if (known !== undefined) return known;
    requireFew(pairs.length);
    numbers.set(pair.join(), pairs.length);
    return pairs.push(pair) - 1;
  };
  for (let at = 0; at < pairs.length; at++) {
    const list = edgesOf(pairs[at] ?? start);
    budget.spend(10 + 5 * list.length);
    edges.push(
      list.filter(({ set }) => set.length > 0).map(({ set, target }) => ({ set, target: numberOf(target) })),
    );
  }
  return trimmed({ edges, accepts: pairs.map(isAccepting) });
}
