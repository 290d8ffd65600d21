import { refusal } from "./budget";
import {
  anyChar,
  type CharSet,
  charSet,
  charsOf,
  intersectSets,
  negateSet,
  oneChar,
  unionSets,
} from "./char-set";

const MOST_LENGTH = 2000;
const MOST_DEPTH = 60;
const MOST_REPEATS = 5000;

export type Pattern =
  | { kind: "set"; set: CharSet }
  | { kind: "sequence"; parts: Pattern[] }
  | { kind: "choice"; options: Pattern[] }
  | { kind: "repeat"; part: Pattern; min: number; max: number }
  | { kind: "start" }
  | { kind: "end" };

const digits = charSet([[0x30, 0x39]]);
const words = unionSets(digits, charsOf("_"), charSet([[0x41, 0x5a]]), charSet([[0x61, 0x7a]]));
const lineEnds = charsOf("\n\r\u2028\u2029");
const spaces = unionSets(
  charsOf("\t\v\f \u00a0\u1680\u202f\u205f\u3000\ufeff"),
  lineEnds,
  charSet([[0x2000, 0x200a]]),
);
const named = new Map<string, CharSet>([
  ["d", digits],
  ["D", negateSet(digits)],
  ["w", words],
  ["W", negateSet(words)],
  ["s", spaces],
  ["S", negateSet(spaces)],
]);
const controls = new Map(Object.entries({ t: 9, n: 10, v: 11, f: 12, r: 13, "0": 0 }));

/**
 * Reads the regular part of ECMAScript's syntax as with the `u` flag. Look-around, back references, `\b`, `\p` and
 * flags are refused; lazy quantifiers mean the same as greedy ones for a whole match.
 * @param pointer names the place in refusals.
 */
export function parsePattern(source: string, pointer?: string): Pattern {
  if (source.length > MOST_LENGTH)
    throw refusal(`pattern has ${source.length} characters, at most ${MOST_LENGTH} are taken.`, pointer);
  return new PatternReader(source, pointer).read();
}

class PatternReader {
  readonly #chars: string[];
  readonly #pointer: string | undefined;
  #at = 0;
  #depth = 0;

  constructor(source: string, pointer: string | undefined) {
    this.#chars = Array.from(source);
    this.#pointer = pointer;
  }

  read(): Pattern {
    const pattern = this.#choice();
    if (this.#at < this.#chars.length) throw this.#refuse("unmatched `)`");
    return pattern;
  }

  #refuse(what: string): Error {
    return refusal(`pattern: ${what} at character ${this.#at} is malformed or not supported.`, this.#pointer);
  }

  get #next(): string | undefined {
    return this.#chars[this.#at];
  }

  #take(char: string): boolean {
    if (this.#next !== char) return false;
    this.#at++;
    return true;
  }

  #takeAll(text: string): boolean {
    if (this.#chars.slice(this.#at, this.#at + text.length).join("") !== text) return false;
    this.#at += text.length;
    return true;
  }

  #choice(): Pattern {
    if (++this.#depth > MOST_DEPTH) throw this.#refuse(`nesting deeper than ${MOST_DEPTH}`);
    const options = [this.#sequence()];
    while (this.#take("|")) options.push(this.#sequence());
    this.#depth--;
    return options.length === 1 ? (options[0] as Pattern) : { kind: "choice", options };
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    while (this.#next !== undefined && this.#next !== "|" && this.#next !== ")") {
      const part = this.#part();
      const isAnchor = part.kind === "start" || part.kind === "end";
      parts.push(isAnchor ? part : this.#repeated(part));
    }
    return { kind: "sequence", parts };
  }

  #part(): Pattern {
    const char = this.#chars[this.#at++] ?? "";
    if (char === "^") return { kind: "start" };
    if (char === "$") return { kind: "end" };
    if (char === ".") return { kind: "set", set: negateSet(lineEnds) };
    if (char === "[") return { kind: "set", set: this.#class() };
    if (char === "(") return this.#group();
    if (char === "\\") return { kind: "set", set: this.#escape(false) };
    if ("*+?{}]".includes(char)) throw this.#refuse(`\`${char}\` without anything before it`);
    return { kind: "set", set: oneChar(char.codePointAt(0) ?? 0) };
  }

  #group(): Pattern {
    if (this.#take("?")) {
      const isNamed = this.#next === "<" && !"=!".includes(this.#chars[this.#at + 1] ?? "=");
      if (isNamed) while (this.#next !== undefined && !this.#take(">")) this.#at++;
      else if (!this.#take(":")) throw this.#refuse("look-around or a flag");
    }
    const inner = this.#choice();
    if (!this.#take(")")) throw this.#refuse("a group without end");
    return inner;
  }

  #repeated(part: Pattern): Pattern {
    const bounds = this.#quantifier();
    if (bounds === undefined) return part;
    this.#take("?");
    if (this.#next !== undefined && "*+?{".includes(this.#next)) throw this.#refuse("a second quantifier");
    return { kind: "repeat", part, min: bounds[0], max: bounds[1] };
  }

  #quantifier(): [number, number] | undefined {
    if (this.#take("*")) return [0, Number.POSITIVE_INFINITY];
    if (this.#take("+")) return [1, Number.POSITIVE_INFINITY];
    if (this.#take("?")) return [0, 1];
    if (!this.#take("{")) return undefined;
    const min = this.#integer();
    const max = this.#take(",") ? (this.#next === "}" ? Number.POSITIVE_INFINITY : this.#integer()) : min;
    if (!this.#take("}") || max < min) throw this.#refuse("a quantifier");
    if (min > MOST_REPEATS || (max > MOST_REPEATS && max !== Number.POSITIVE_INFINITY))
      throw this.#refuse(`more than ${MOST_REPEATS} repetitions`);
    return [min, max];
  }

  #integer(): number {
    let text = "";
    while (this.#next !== undefined && /^[0-9]$/.test(this.#next)) text += this.#chars[this.#at++];
    if (text === "") throw this.#refuse("a quantifier");
    return Number(text);
  }

  #class(): CharSet {
    const isNegated = this.#take("^");
    const sets: CharSet[] = [];
    while (!this.#take("]")) {
      const low = this.#classItem();
      const isRange = this.#next === "-" && this.#chars[this.#at + 1] !== "]";
      if (!isRange) {
        sets.push(low);
        continue;
      }
      this.#at++;
      const high = this.#classItem();
      const [from, to] = [single(low), single(high)];
      if (from === undefined || to === undefined || from > to) throw this.#refuse("a range");
      sets.push(charSet([[from, to]]));
    }
    const union = unionSets(...sets);
    return isNegated ? negateSet(union) : union;
  }

  #classItem(): CharSet {
    const char = this.#chars[this.#at++];
    if (char === undefined) throw this.#refuse("a class without end");
    return char === "\\" ? this.#escape(true) : oneChar(char.codePointAt(0) ?? 0);
  }

  #escape(inClass: boolean): CharSet {
    const char = this.#chars[this.#at++] ?? "";
    const set = named.get(char);
    if (set) return set;
    if (char === "0" && /^[0-9]$/.test(this.#next ?? "")) throw this.#refuse("an octal escape");
    const control = controls.get(char);
    if (control !== undefined) return oneChar(control);
    if (char === "x") return oneChar(this.#hex(2));
    if (char === "u") return oneChar(this.#unicode());
    if (char === "c" && /^[A-Za-z]$/.test(this.#next ?? ""))
      return oneChar((this.#chars[this.#at++] ?? "@").charCodeAt(0) & 31);
    if (char === "b" && inClass) return oneChar(8);
    if (/^[!-/:-@[-`{-~]$/.test(char)) return oneChar(char.charCodeAt(0));
    throw this.#refuse(`\`\\${char}\``);
  }

  #hex(length: number): number {
    const text = this.#chars.slice(this.#at, this.#at + length).join("");
    if (text.length !== length || !/^[0-9a-fA-F]+$/.test(text)) throw this.#refuse("an escape");
    this.#at += length;
    return Number.parseInt(text, 16);
  }

  #unicode(): number {
    if (!this.#take("{")) {
      const unit = this.#hex(4);
      if (unit < 0xd800 || unit > 0xdfff) return unit;
      const low = unit < 0xdc00 && this.#takeAll("\\u") ? this.#hex(4) : 0;
      if (low < 0xdc00 || low > 0xdfff) throw this.#refuse("half a surrogate pair");
      return 0x10000 + (unit - 0xd800) * 0x400 + (low - 0xdc00);
    }
    let text = "";
    while (this.#next !== undefined && this.#next !== "}") text += this.#chars[this.#at++];
    const code = Number.parseInt(text, 16);
    const isCode = this.#take("}") && /^[0-9a-fA-F]{1,8}$/.test(text) && code <= 0x10ffff;
    if (!isCode || intersectSets([code, code], anyChar).length === 0) throw this.#refuse("an escape");
    return code;
  }
}

function single(set: CharSet): number | undefined {
  return set.length === 2 && set[0] === set[1] ? set[0] : undefined;
}
