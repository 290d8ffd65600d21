import { GATE, type Program, reserveOf, TICK } from "./program";

const MOST_CONFIGURATIONS = 6000;

/** Where a called rule goes on when it ends. Frames are shared; `remaining` is the fewest bytes from there on. */
export interface Frame {
  id: number;
  state: number;
  count: number;
  parent: Frame | undefined;
  remaining: number;
}

/** The bottom of a whole text: returning from it is the end. */
export const ROOT: Frame = { id: 0, state: -1, count: 0, parent: undefined, remaining: 0 };
/** An unknown caller: a walk that returns to it must go on with the real one. */
export const BASE: Frame = { id: 1, state: -1, count: 0, parent: undefined, remaining: 0 };

/** One of the ways in which the text so far can be read. */
export interface Thread {
  state: number;
  count: number;
  frame: Frame;
}

/** All ways at once. `next[byte]`: undefined is not yet known, null is forbidden. */
export interface Configuration {
  key: string;
  threads: readonly Thread[];
  /** The text may end here. */
  canEnd: boolean;
  /** Some way has returned to `BASE`. */
  exits: boolean;
  /** Upper bound of the fewest bytes to an end. */
  minimum: number;
  next: (Configuration | null | undefined)[];
}

/**
 * Runs a program on bytes with parallel stacks that share their frames. Configurations are made on first
 * sight and kept, so that the program becomes a deterministic automaton where it is used.
 */
export class Automaton {
  readonly program: Program;
  #configurations = new Map<string, Configuration>();
  #frames = new Map<string, Frame>();
  #nextFrame = 2;

  constructor(program: Program) {
    this.program = program;
  }

  start(): Configuration {
    const opened = this.#open([{ state: this.program.start, count: 0, frame: ROOT }]);
    if (opened === null) throw new Error("A finished program has a first byte or an end.");
    return opened;
  }

  /** The configuration after one more byte; null when it is forbidden. */
  step(from: Configuration, byte: number): Configuration | null {
    const known = from.next[byte];
    if (known !== undefined) return known;
    const { edges, min, max } = this.program;
    const moved: Thread[] = [];
    for (const { state, count, frame } of from.threads) {
      const list = edges[state] as Int32Array;
      for (let i = 0; i < list.length; i += 4) {
        if (byte < (list[i] as number) || byte > (list[i + 1] as number)) continue;
        const after = counted(count, list[i + 3] as number, min[state] as number, max[state] as number);
        if (after >= 0) moved.push({ state: list[i + 2] as number, count: after, frame });
      }
    }
    const next = moved.length === 0 ? null : this.#open(moved);
    from.next[byte] = next;
    return next;
  }

  /** What follows when a rule returns to `frame`; null when only the end can. */
  resume(frame: Frame): Configuration | null {
    if (frame.parent === undefined) return null;
    return this.#open([{ state: frame.state, count: frame.count, frame: frame.parent }]);
  }

  /** A configuration of exactly these threads, which wait for a byte. */
  of(threads: readonly Thread[]): Configuration {
    return this.#intern([...threads], false, false);
  }

  /** Forgets what has been made when it has become much; configurations in use stay good. */
  trim(): void {
    if (this.#configurations.size < MOST_CONFIGURATIONS && this.#frames.size < 10 * MOST_CONFIGURATIONS)
      return;
    this.#configurations = new Map();
    this.#frames = new Map();
  }

  /** Follows all moves that read no byte. */
  #open(from: Thread[]): Configuration | null {
    const { edges, moves, accepts, min, max } = this.program;
    const waiting: Thread[] = [];
    const seen = new Map<Frame, Set<number>>();
    const open = [...from];
    let canEnd = false;
    let exits = false;
    for (let thread = open.pop(); thread; thread = open.pop()) {
      const { state, count, frame } = thread;
      if (!isNew(seen, thread)) continue;
      if (accepts[state]) {
        if (frame.parent) open.push({ state: frame.state, count: frame.count, frame: frame.parent });
        else if (frame === BASE) exits = true;
        else canEnd = true;
      }
      const least = min[state] as number;
      const most = max[state] as number;
      for (const { target, call, flags } of moves[state] ?? []) {
        const after = counted(count, flags, least, most);
        if (after < 0) continue;
        if (call === undefined) open.push({ state: target, count: after, frame });
        else open.push({ state: call, count: 0, frame: this.#frame(target, after, frame) });
      }
      if (isWaiting(edges[state] as Int32Array, count, least, most)) waiting.push(thread);
    }
    return waiting.length > 0 || canEnd || exits ? this.#intern(waiting, canEnd, exits) : null;
  }

  /** The frame to return to; none when nothing would be left to do there. */
  #frame(state: number, count: number, parent: Frame): Frame {
    const { edges, moves, accepts } = this.program;
    if (accepts[state] && edges[state]?.length === 0 && moves[state]?.length === 0) return parent;
    const key = `${state} ${count} ${parent.id}`;
    const known = this.#frames.get(key);
    if (known) return known;
    const remaining = this.#remaining(state, count) + parent.remaining;
    const frame = { id: this.#nextFrame++, state, count, parent, remaining };
    this.#frames.set(key, frame);
    return frame;
  }

  #remaining(state: number, count: number): number {
    const { distance, min, unit } = this.program;
    const missing = (min[state] as number) - count;
    return (distance[state] as number) + (missing > 0 ? missing * (unit[state] as number) : 0);
  }

  #intern(threads: Thread[], canEnd: boolean, exits: boolean): Configuration {
    threads.sort((a, b) => a.state - b.state || a.count - b.count || a.frame.id - b.frame.id);
    let key = `${canEnd ? "e" : ""}${exits ? "x" : ""}`;
    for (const { state, count, frame } of threads) key += `${state} ${count} ${frame.id};`;
    const known = this.#configurations.get(key);
    if (known) return known;
    let minimum = canEnd || exits ? 0 : Number.POSITIVE_INFINITY;
    for (const { state, count, frame } of threads)
      minimum = Math.min(minimum, this.#remaining(state, count) + frame.remaining);
    const made = { key, threads, canEnd, exits, minimum, next: new Array(256) };
    this.#configurations.set(key, made);
    return made;
  }
}

/** The count after an edge; -1 when it may not be taken. Without a `max`, counting beyond `min` says nothing. */
function counted(count: number, flags: number, min: number, max: number): number {
  if (flags === 0) return count;
  if ((flags & GATE) !== 0 && count < min) return -1;
  if ((flags & TICK) === 0) return count;
  if (count + reserveOf(flags) >= max) return -1;
  return max === Number.POSITIVE_INFINITY && count >= min ? count : count + 1;
}

function isNew(seen: Map<Frame, Set<number>>, { state, count, frame }: Thread): boolean {
  const key = count * 0x10000 + state;
  const known = seen.get(frame);
  if (known === undefined) seen.set(frame, new Set([key]));
  else if (known.has(key)) return false;
  else known.add(key);
  return true;
}

function isWaiting(edges: Int32Array, count: number, min: number, max: number): boolean {
  for (let i = 3; i < edges.length; i += 4)
    if (counted(count, edges[i] as number, min, max) >= 0) return true;
  return false;
}
