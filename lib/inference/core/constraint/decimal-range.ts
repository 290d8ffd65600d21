import type { Budget } from "./budget";
import { charSet, oneChar } from "./char-set";
import { type CharAutomaton, CharNetwork, patternAutomaton } from "./pattern-automaton";

/** Distinct decimals of this many significant digits stay distinct as doubles, so comparing digits is exact. */
const DIGITS = 15;
/** Digits before the point where the bounds ask for no more. */
const USUAL_DIGITS = 9;

/** Bounds of a number; an absent one is infinite, an open one excluded. */
export interface DecimalRange {
  integer: boolean;
  low: number;
  lowOpen: boolean;
  high: number;
  highOpen: boolean;
}

/** Of bounded length, so that no model loops on digits and no double overflows. */
const freeNumber = "-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,15})?([eE][+-]?[0-9]{1,2})?";
const freeInteger = "0|-?[1-9][0-9]{0,14}";
const freeAutomata = new Map<boolean, CharAutomaton>();

/** The numbers of a range as JSON text; undefined when we can write none. */
export function numberAutomaton(range: DecimalRange, budget: Budget): CharAutomaton | undefined {
  const { integer, low, high } = range;
  if (low !== Number.NEGATIVE_INFINITY || high !== Number.POSITIVE_INFINITY)
    return decimalAutomaton(range, budget);
  const known = freeAutomata.get(integer);
  if (known) return known;
  const made = patternAutomaton(integer ? freeInteger : freeNumber, "whole", budget);
  if (made) freeAutomata.set(integer, made);
  return made;
}

/**
 * Decimals within a range, without exponent and at most 15 digits long: a part of what JSON allows, all of which
 * a double holds exactly enough to stay within the bounds. Numbers have at most 9 digits before the point unless
 * the bounds ask for more.
 * @returns undefined when no such decimal lies within.
 */
function decimalAutomaton(range: DecimalRange, budget: Budget): CharAutomaton | undefined {
  const network = new CharNetwork(budget);
  const whole = wholeDigits(range);
  const fraction = range.integer ? 0 : DIGITS - whole;
  const { low, lowOpen, high, highOpen } = range;
  if (high >= 0) {
    const [from, open] = low < 0 ? [0, false] : [low, lowOpen];
    new Magnitudes(network, from, open, high, highOpen, whole, fraction).add(0);
  }
  if (low < 0) {
    const [from, open] = high >= 0 ? [0, true] : [-high, highOpen];
    const minus = network.state();
    network.edge(0, oneChar(0x2d), minus);
    new Magnitudes(network, from, open, -low, lowOpen, whole, fraction).add(minus);
  }
  return network.determine();
}

function wholeDigits({ integer, low, high }: DecimalRange): number {
  if (integer) return DIGITS;
  const near = low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high));
  const far = Math.max(Math.abs(low), Math.abs(high));
  const most = Math.min(decimalOf(far).whole.length, USUAL_DIGITS);
  return Math.min(DIGITS, Math.max(decimalOf(near).whole.length + (near < far ? 1 : 0), most));
}

/** Decimals between two bounds of zero or more. */
class Magnitudes {
  readonly #network: CharNetwork;
  readonly #low: Decimal;
  readonly #high: Decimal;
  readonly #lowOpen: boolean;
  readonly #highOpen: boolean;
  readonly #whole: number;
  readonly #fraction: number;
  readonly #states = new Map<string, number>();

  constructor(
    network: CharNetwork,
    low: number,
    lowOpen: boolean,
    high: number,
    highOpen: boolean,
    whole: number,
    fraction: number,
  ) {
    this.#network = network;
    this.#low = decimalOf(low);
    this.#high = decimalOf(high);
    this.#lowOpen = lowOpen;
    this.#highOpen = highOpen;
    this.#whole = whole;
    this.#fraction = fraction;
  }

  /** One automaton per number of digits before the point: then a digit is above, on or below a bound's digit. */
  add(from: number): void {
    const [least, most] = [this.#low.whole.length, this.#high.whole.length];
    for (let length = least; length <= Math.min(most, this.#whole); length++)
      this.#addDigits(from, length, 0, length === least, length === most);
  }

  /** Edges out of `from`, which stands before digit `at`; `onLow` and `onHigh`: equal to that bound so far. */
  #addDigits(from: number, length: number, at: number, onLow: boolean, onHigh: boolean): void {
    const first = at === 0 && length > 1 ? 1 : 0;
    const low = onLow ? digitOf(this.#low, at) : first;
    const high = onHigh ? digitOf(this.#high, at) : 9;
    const edge = (least: number, most: number, isLow: boolean, isHigh: boolean) => {
      if (least > most) return;
      const next = this.#state(length, at + 1, isLow, isHigh);
      this.#network.edge(from, charSet([[0x30 + least, 0x30 + most]]), next);
    };
    if (onLow && onHigh && low === high) {
      edge(low, low, true, true);
      return;
    }
    if (onLow) edge(low, low, true, false);
    edge(low + (onLow ? 1 : 0), high - (onHigh ? 1 : 0), false, false);
    if (onHigh) edge(high, high, false, true);
  }

  #state(length: number, at: number, onLow: boolean, onHigh: boolean): number {
    const key = `${length} ${at} ${onLow} ${onHigh}`;
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const state = this.#network.state();
    this.#states.set(key, state);
    if (at >= length && this.#isWithin(at, onLow, onHigh)) this.#network.accept(state);
    if (at === length && this.#fraction > 0) {
      const point = this.#network.state();
      this.#network.edge(state, oneChar(0x2e), point);
      this.#addDigits(point, length, at, onLow, onHigh);
    } else if (at < length + this.#fraction) this.#addDigits(state, length, at, onLow, onHigh);
    return state;
  }

  /** Whether the digits before `at`, with zeros after them, lie within the bounds. */
  #isWithin(at: number, onLow: boolean, onHigh: boolean): boolean {
    const aboveLow = !onLow || (restIsZero(this.#low, at) && !this.#lowOpen);
    const belowHigh = !onHigh || !restIsZero(this.#high, at) || !this.#highOpen;
    return aboveLow && belowHigh;
  }
}

/** Digits before and after the point. */
interface Decimal {
  whole: string;
  fraction: string;
}

/** The shortest decimal that reads as this double; at most one digit more than we ever write, when it is huge. */
function decimalOf(value: number): Decimal {
  if (value >= 10 ** (DIGITS + 1)) return { whole: `1${"0".repeat(DIGITS + 1)}`, fraction: "" };
  const [digits = "", exponent = "0"] = value.toExponential().split("e");
  const plain = digits.replace(".", "");
  const places = Number(exponent) + 1;
  if (places <= 0) return { whole: "0", fraction: "0".repeat(-places) + plain };
  const padded = plain.padEnd(places, "0");
  return { whole: padded.slice(0, places), fraction: padded.slice(places) };
}

function digitOf({ whole, fraction }: Decimal, at: number): number {
  return Number((whole + fraction)[at] ?? "0");
}

function restIsZero({ whole, fraction }: Decimal, at: number): boolean {
  return /^0*$/.test((whole + fraction).slice(at));
}
