import { type CharSet, charSet, intersectSets, negateSet, rangesOf } from "./char-set";
import type { CharAutomaton } from "./pattern-automaton";
import { DETOUR, type ProgramBuilder, reserving, TICK } from "./program";

/** How characters are written: as they are, or in the one form in which we write them in a JSON string. */
export type CharForm = "text" | "json";

const escaped = charSet([
  [0, 0x1f],
  [0x22, 0x22],
  [0x5c, 0x5c],
]);
const plain = negateSet(escaped);

/** The escape of a character that a JSON string cannot hold as it is. */
function escapeOf(code: number): string {
  return JSON.stringify(String.fromCharCode(code)).slice(1, -1);
}

/**
 * Adds an automaton over code points after `from`; gives the state after it.
 * @param left with it, the rule counts characters: fewest of them to an end, per state of the automaton.
 */
export function addChars(
  builder: ProgramBuilder,
  from: number,
  automaton: CharAutomaton,
  form: CharForm,
  left?: readonly number[],
): number {
  const states = automaton.edges.map(() => builder.state(from));
  const end = builder.state(from);
  builder.jump(from, states[0] ?? end);
  const writer = new CharWriter(builder);
  for (const [index, edges] of automaton.edges.entries()) {
    const state = states[index] ?? end;
    if (automaton.accepts[index]) builder.jump(state, end);
    for (const { set, target } of edges) {
      const flags = left ? countingFlags(left[index] ?? 0, left[target] ?? 0) : 0;
      writer.write(state, set, states[target] ?? end, form, flags);
    }
    writer.endState();
  }
  return end;
}

function countingFlags(left: number, leftAfter: number): number {
  return TICK | reserving(leftAfter) | (leftAfter < left ? 0 : DETOUR);
}

/** Writes sets of characters as byte edges; equal tails of UTF-8 sequences and of escapes are shared. */
export class CharWriter {
  readonly #builder: ProgramBuilder;
  readonly #tails = new Map<string, number>();
  readonly #escapes = new Map<string, number>();

  constructor(builder: ProgramBuilder) {
    this.#builder = builder;
  }

  write(from: number, set: CharSet, to: number, form: CharForm, flags = 0): void {
    this.#writeUtf8(from, form === "text" ? set : intersectSets(set, plain), to, flags);
    if (form === "text") return;
    for (const [low, high] of rangesOf(intersectSets(set, escaped)))
      for (let code = low; code <= high; code++) this.#writeEscape(from, escapeOf(code), to, flags);
  }

  /** Escapes that start in one state share their beginnings; call between states. */
  endState(): void {
    this.#escapes.clear();
  }

  #writeUtf8(from: number, set: CharSet, to: number, flags: number): void {
    for (const [low, high] of rangesOf(set)) {
      for (const [[first, last], ...rest] of utf8Sequences(low, high)) {
        this.#builder.edge(from, first, last, this.#tail(rest, to), flags);
      }
    }
  }

  #tail(ranges: ByteRange[], to: number): number {
    const [range, ...rest] = ranges;
    if (range === undefined) return to;
    const key = `${to}:${ranges.join(";")}`;
    const known = this.#tails.get(key);
    if (known !== undefined) return known;
    const state = this.#builder.state(to);
    this.#builder.edge(state, range[0], range[1], this.#tail(rest, to));
    this.#tails.set(key, state);
    return state;
  }

  #writeEscape(from: number, text: string, to: number, flags: number): void {
    let at = from;
    for (let i = 0; i < text.length; i++) {
      const byte = text.charCodeAt(i);
      if (i === text.length - 1) {
        this.#builder.edge(at, byte, byte, to);
        return;
      }
      const key = `${from}:${flags}:${text.slice(0, i + 1)}`;
      let next = this.#escapes.get(key);
      if (next === undefined) {
        next = this.#builder.state(from);
        this.#builder.edge(at, byte, byte, next, i === 0 ? flags : 0);
        this.#escapes.set(key, next);
      }
      at = next;
    }
  }
}

type ByteRange = [number, number];

/** Byte ranges whose sequences are exactly the UTF-8 forms of the code points from `low` to `high`. */
function utf8Sequences(low: number, high: number): [ByteRange, ...ByteRange[]][] {
  for (const limit of [0x7f, 0x7ff, 0xffff]) {
    if (low <= limit && high > limit)
      return [...utf8Sequences(low, limit), ...utf8Sequences(limit + 1, high)];
  }
  if (high <= 0x7f) return [[[low, high]]];
  for (let bits = 6; bits <= 18; bits += 6) {
    const mask = (1 << bits) - 1;
    if (low >> bits === high >> bits) continue;
    if ((low & mask) !== 0)
      return [...utf8Sequences(low, low | mask), ...utf8Sequences((low | mask) + 1, high)];
    if ((high & mask) !== mask)
      return [...utf8Sequences(low, (high & ~mask) - 1), ...utf8Sequences(high & ~mask, high)];
  }
  const [first, ...rest] = utf8(low).map((byte, i): ByteRange => [byte, utf8(high)[i] ?? byte]);
  return first ? [[first, ...rest]] : [];
}

function utf8(code: number): number[] {
  if (code <= 0x7f) return [code];
  if (code <= 0x7ff) return [0xc0 | (code >> 6), 0x80 | (code & 63)];
  if (code <= 0xffff) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
  return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
}
