import type { Budget } from "./budget";
import { refusal } from "./budget";

/** The edge counts: allowed while the rule's count is below its `max`. */
export const TICK = 1;
/** Allowed once the rule's count has reached its `min`. */
export const GATE = 2;

/** Not on a way that needs the fewest counts to the end, so it says nothing about the bytes to the end. */
export const DETOUR = 4;
const RESERVE_SHIFT = 3;

/** Flags of a ticking edge that leaves `counts` further ticks possible after it. */
export function reserving(counts: number): number {
  return counts << RESERVE_SHIFT;
}

export function reserveOf(flags: number): number {
  return flags >>> RESERVE_SHIFT;
}

const MOST_STATES = 50_000;

/** A way on that reads no byte; with `call`, through a whole rule first. */
export interface Move {
  target: number;
  call: number | undefined;
  flags: number;
}

/**
 * A recursive transition network over bytes. Every activation of a rule has a counter that starts at 0, so that
 * `minItems` and `maxLength` cost no states.
 */
export interface Program {
  start: number;
  /** Per state: low, high, target, flags of every edge. */
  edges: Int32Array[];
  moves: Move[][];
  /** The rule may end here. */
  accepts: Uint8Array;
  /** Fewest bytes to the end of the state's rule, as if its count had reached `min`. */
  distance: Float64Array;
  /** Per state, of its rule. */
  min: Float64Array;
  max: Float64Array;
  /** Fewest bytes of one count, per state. */
  unit: Float64Array;
  /** Most counts that an edge of the state's rule reserves. */
  reserve: Float64Array;
}

interface Rule {
  start: number;
  min: number;
  max: number;
  /** One count takes this many bytes and, when given, one `unitRule`. */
  unitBytes: number;
  unitRule: number | undefined;
  reserve: number;
}

/** Makes a program state by state. A state belongs to the rule of the state it was made for. */
export class ProgramBuilder {
  readonly budget: Budget;
  readonly #rules: Rule[] = [];
  readonly #ruleOf: number[] = [];
  #edges: number[][] = [];
  #moves: Move[][] = [];
  readonly #accepts: boolean[] = [];

  constructor(budget: Budget) {
    this.budget = budget;
  }

  /** A new rule; its count must lie within `min` and `max`. */
  rule(min = 0, max = Number.POSITIVE_INFINITY, unitBytes = 0, unitRule?: number): number {
    const rule = this.#rules.length;
    this.#rules.push({ start: 0, min, max, unitBytes, unitRule, reserve: 0 });
    const start = this.#newState(rule);
    (this.#rules[rule] as Rule).start = start;
    return rule;
  }

  startOf(rule: number): number {
    return (this.#rules[rule] as Rule).start;
  }

  /** A new state of the same rule as `beside`. */
  state(beside: number): number {
    return this.#newState(this.#ruleOf[beside] ?? 0);
  }

  #newState(rule: number): number {
    this.budget.spend(10);
    if (this.#edges.length >= MOST_STATES)
      throw refusal(`The grammar needs more than ${MOST_STATES} states: simplify it.`);
    this.#edges.push([]);
    this.#moves.push([]);
    this.#accepts.push(false);
    return this.#ruleOf.push(rule) - 1;
  }

  edge(from: number, low: number, high: number, target: number, flags = 0): void {
    this.budget.spend(1);
    this.#edges[from]?.push(low, high, target, flags);
    const rule = this.#rules[this.#ruleOf[from] ?? 0];
    if (rule) rule.reserve = Math.max(rule.reserve, reserveOf(flags));
  }

  /** Low, high, target, flags of every edge so far. */
  edgesOf(from: number): readonly number[] {
    return this.#edges[from] ?? [];
  }

  jump(from: number, target: number, flags = 0): void {
    this.budget.spend(1);
    this.#moves[from]?.push({ target, call: undefined, flags });
  }

  call(from: number, rule: number, target: number, flags = 0): void {
    this.budget.spend(1);
    this.#moves[from]?.push({ target, call: rule, flags });
  }

  accept(state: number): void {
    this.#accepts[state] = true;
  }

  /** Reads exactly these bytes; gives the state after them. */
  literal(from: number, bytes: Uint8Array): number {
    let at = from;
    for (const byte of bytes) {
      const next = this.state(at);
      this.edge(at, byte, byte, next);
      at = next;
    }
    return at;
  }

  /**
   * Cuts off all that cannot be completed, so that no state is a dead end; undefined when nothing can.
   */
  finish(startRule: number): Program | undefined {
    const { distance, costs } = this.#distances();
    if (costs[startRule] === Number.POSITIVE_INFINITY) return undefined;
    this.#prune(distance, costs);
    const rules = this.#ruleOf.map((rule) => this.#rules[rule] as Rule);
    return {
      start: this.startOf(startRule),
      edges: this.#edges.map((list) => new Int32Array(list)),
      moves: this.#moves,
      accepts: Uint8Array.from(this.#accepts, Number),
      distance,
      min: new Float64Array(rules.map((rule) => rule.min)),
      max: new Float64Array(rules.map((rule) => rule.max)),
      unit: new Float64Array(rules.map((rule) => unitOf(rule, costs))),
      reserve: new Float64Array(rules.map((rule) => rule.reserve)),
    };
  }

  /** Fewest bytes to the end of the rule, per state, and of a whole activation, per rule: a least fixpoint. */
  #distances(): { distance: Float64Array; costs: Float64Array } {
    const distance = new Float64Array(this.#edges.length).fill(Number.POSITIVE_INFINITY);
    const costs = new Float64Array(this.#rules.length).fill(Number.POSITIVE_INFINITY);
    for (let changed = true; changed; ) {
      changed = false;
      this.budget.spend(distance.length);
      for (let state = distance.length - 1; state >= 0; state--) {
        const best = this.#nearest(state, distance, costs);
        if (best < (distance[state] as number)) {
          distance[state] = best;
          changed = true;
        }
      }
      for (const [index, rule] of this.#rules.entries()) {
        const counted = rule.min === 0 ? 0 : rule.min * unitOf(rule, costs);
        const cost = (distance[rule.start] as number) + counted;
        if (cost < (costs[index] as number)) {
          costs[index] = cost;
          changed = true;
        }
      }
    }
    return { distance, costs };
  }

  #nearest(state: number, distance: Float64Array, costs: Float64Array): number {
    let best = this.#accepts[state] ? 0 : Number.POSITIVE_INFINITY;
    const edges = this.#edges[state] ?? [];
    for (let i = 0; i < edges.length; i += 4) {
      if (((edges[i + 3] as number) & DETOUR) !== 0) continue;
      best = Math.min(best, 1 + (distance[edges[i + 2] as number] as number));
    }
    for (const { target, call } of this.#moves[state] ?? []) {
      const through = call === undefined ? 0 : (costs[call] as number);
      best = Math.min(best, through + (distance[target] as number));
    }
    return best;
  }

  #prune(distance: Float64Array, costs: Float64Array): void {
    const lives = (state: number) => distance[state] !== Number.POSITIVE_INFINITY;
    this.#edges = this.#edges.map((edges) => {
      if (edges.every((target, i) => i % 4 !== 2 || lives(target))) return edges;
      const kept: number[] = [];
      for (let i = 0; i < edges.length; i += 4)
        if (lives(edges[i + 2] ?? 0)) kept.push(...edges.slice(i, i + 4));
      return kept;
    });
    this.#moves = this.#moves.map((moves) =>
      moves
        .filter(
          ({ target, call }) =>
            lives(target) && (call === undefined || costs[call] !== Number.POSITIVE_INFINITY),
        )
        .map(({ target, call, flags }) => ({
          target,
          call: call === undefined ? undefined : this.startOf(call),
          flags,
        })),
    );
  }
}

function unitOf(rule: Rule, costs: Float64Array): number {
  return rule.unitBytes + (rule.unitRule === undefined ? 0 : (costs[rule.unitRule] as number));
}
