import { refusal } from "./budget";
import { addChars } from "./char-bytes";
import { numberAutomaton } from "./decimal-range";
import { addTexts, anyStringRule, countedStringRule, otherKeyRule } from "./json-string";
import { charsToEnd, longAutomaton } from "./pattern-automaton";
import { GATE, type ProgramBuilder, TICK } from "./program";
import { keyOf, type SchemaReader } from "./schema-reader";
import {
  type ArrayShape,
  type Conjunction,
  type NumberShape,
  type ObjectShape,
  propertyOf,
  type Shape,
  type StringShape,
} from "./schema-shape";

const MOST_UNIQUE = 6;
const MOST_INDENT = 32;
const utf8 = new TextEncoder();

/** `compact`: one space may follow `:` and `,`; `indented`: line breaks with up to 32 spaces as well. */
export type Whitespace = "compact" | "indented";

/** Writes schemas as rules of a program. */
export class SchemaGrammar {
  readonly #builder: ProgramBuilder;
  readonly #reader: SchemaReader;
  readonly #whitespace: Whitespace;
  readonly #rules = new Map<string, number>();
  readonly #waiting: (() => void)[] = [];
  #hasOpenKeys = false;

  constructor(builder: ProgramBuilder, reader: SchemaReader, whitespace: Whitespace) {
    this.#builder = builder;
    this.#reader = reader;
    this.#whitespace = whitespace;
  }

  /** Some object takes keys that its schema does not name, so that one could be repeated. */
  get hasOpenKeys(): boolean {
    return this.#hasOpenKeys;
  }

  /** A finished rule for the values that all of these schemas allow. */
  write(conjunction: Conjunction): number {
    const rule = this.#ruleOf(conjunction);
    for (let next = this.#waiting.pop(); next; next = this.#waiting.pop()) next();
    return rule;
  }

  /** The rule of a conjunction, written later: schemas may refer to themselves. */
  #ruleOf(conjunction: Conjunction): number {
    return this.#once(`all ${keyOf(conjunction)}`, () => {
      const rule = this.#builder.rule();
      this.#waiting.push(() => this.#writeShapes(rule, this.#reader.shapesOf(conjunction)));
      return rule;
    });
  }

  #once(key: string, make: () => number): number {
    const known = this.#rules.get(key);
    if (known !== undefined) return known;
    const rule = make();
    this.#rules.set(key, rule);
    return rule;
  }

  #writeShapes(rule: number, shapes: readonly Shape[]): void {
    const start = this.#builder.startOf(rule);
    const end = this.#builder.state(start);
    this.#builder.accept(end);
    const values = shapes.flatMap((shape) => (shape.kind === "values" ? shape.values : []));
    if (values.length > 0) {
      const texts = values.map((value) => JSON.stringify(value));
      this.#builder.jump(addTexts(this.#builder, start, texts), end);
    }
    for (const shape of shapes)
      if (shape.kind !== "values") this.#builder.call(start, this.#shapeRule(shape), end);
  }

  #shapeRule(shape: Exclude<Shape, { kind: "values" }>): number {
    switch (shape.kind) {
      case "string":
        return this.#stringRule(shape);
      case "number":
        return this.#numberRule(shape);
      case "array":
        return this.#arrayRule(shape);
      case "object":
        return this.#objectRule(shape);
    }
  }

  #stringRule({ min, max, pattern }: StringShape): number {
    const builder = this.#builder;
    if (pattern === undefined) {
      if (min === 0 && max === Number.POSITIVE_INFINITY)
        return this.#once("string", () => anyStringRule(builder));
      return this.#once(`string ${min} ${max}`, () => countedStringRule(builder, min, max));
    }
    const automaton = min > 0 ? longAutomaton(pattern, min, builder.budget) : pattern;
    const left = automaton && max < Number.POSITIVE_INFINITY ? charsToEnd(automaton) : undefined;
    const rule = builder.rule(0, max);
    if (automaton === undefined || (left?.[0] ?? 0) > max) return rule;
    const body = builder.literal(builder.startOf(rule), utf8.encode('"'));
    builder.accept(builder.literal(addChars(builder, body, automaton, "json", left), utf8.encode('"')));
    return rule;
  }

  #numberRule(shape: NumberShape): number {
    const builder = this.#builder;
    const key = `number ${shape.integer} ${shape.low} ${shape.lowOpen} ${shape.high} ${shape.highOpen}`;
    return this.#once(key, () => {
      const rule = builder.rule();
      const automaton = numberAutomaton(shape, builder.budget);
      if (automaton) builder.accept(addChars(builder, builder.startOf(rule), automaton, "text"));
      return rule;
    });
  }

  /** An optional space, and with `breaks` where it is indented an optional line break. */
  #space(from: number, breaks: boolean, single = true): number {
    const builder = this.#builder;
    const isIndented = breaks && this.#whitespace === "indented";
    if (!isIndented && !single) return from;
    const end = builder.state(from);
    builder.jump(from, end);
    if (single) builder.edge(from, 0x20, 0x20, end);
    if (!isIndented) return end;
    let at = builder.state(from);
    builder.edge(from, 0x0a, 0x0a, at);
    for (let i = 0; i < MOST_INDENT; i++) {
      builder.jump(at, end);
      const next = builder.state(from);
      builder.edge(at, 0x20, 0x20, next);
      at = next;
    }
    builder.jump(at, end);
    return end;
  }

  #char(from: number, char: string, to: number, flags = 0): void {
    const byte = char.charCodeAt(0);
    this.#builder.edge(from, byte, byte, to, flags);
  }

  #arrayRule(shape: ArrayShape): number {
    if (shape.unique !== undefined && shape.max > 1) return this.#uniqueArrayRule(shape, shape.unique);
    const { prefix, min, max } = shape;
    const builder = this.#builder;
    const item = this.#ruleOf(shape.rest);
    const [least, most] = [Math.max(0, min - prefix.length), Math.max(0, max - prefix.length)];
    const rule = builder.rule(least, most, 1, item);
    const start = builder.startOf(rule);
    const [loop, end] = [builder.state(start), builder.state(start)];
    builder.accept(end);
    const closing = this.#space(loop, true, false);
    this.#char(closing, "]", end, GATE);
    builder.call(this.#comma(loop, TICK), item, loop);
    let at = builder.state(start);
    this.#char(start, "[", at);
    for (const [i, conjunction] of prefix.entries()) {
      const next = i === prefix.length - 1 ? loop : builder.state(start);
      if (i >= min) this.#char(this.#space(at, true, false), "]", end);
      const before = i === 0 ? this.#space(at, true, false) : this.#comma(at);
      if (i < max) builder.call(before, this.#ruleOf(conjunction), next);
      at = next;
    }
    if (prefix.length > 0) return rule;
    at = this.#space(at, true, false);
    builder.call(at, item, loop, TICK);
    this.#char(at, "]", end, GATE);
    return rule;
  }

  /** A comma with the space after it. */
  #comma(from: number, flags = 0): number {
    const next = this.#builder.state(from);
    this.#char(from, ",", next, flags);
    return this.#space(next, true);
  }

  /** Items of few values: a state for every set of those used. */
  #uniqueArrayRule({ prefix, rest, min, max }: ArrayShape, pointer: string): number {
    const shapes = this.#reader.shapesOf(rest);
    const values = shapes.flatMap((shape) => (shape.kind === "values" ? shape.values : []));
    const isFew = shapes.every(({ kind }) => kind === "values") && values.length <= MOST_UNIQUE;
    if (!isFew || prefix.length > 0)
      throw refusal(
        `uniqueItems is supported only for items of at most ${MOST_UNIQUE} listed values.`,
        pointer,
      );
    const texts = [...new Set(values.map((value) => JSON.stringify(value)))];
    const builder = this.#builder;
    const rule = builder.rule();
    const start = builder.startOf(rule);
    const states = Array.from({ length: 2 ** texts.length }, () => builder.state(start));
    const end = builder.state(start);
    builder.accept(end);
    this.#char(start, "[", states[0] ?? end);
    for (const [used, state] of states.entries()) {
      const count = used.toString(2).replaceAll("0", "").length;
      if (count >= min) this.#char(this.#space(state, true, false), "]", end);
      if (count >= max) continue;
      const before = used === 0 ? this.#space(state, true, false) : this.#comma(state);
      for (const [i, text] of texts.entries()) {
        if ((used & (1 << i)) !== 0) continue;
        builder.jump(addTexts(builder, before, [text]), states[used | (1 << i)] ?? end);
      }
    }
    return rule;
  }

  #objectRule(shape: ObjectShape): number {
    const isOpen = shape.max > 0 && this.#reader.shapesOf(shape.additional).length > 0;
    if (isOpen) this.#hasOpenKeys = true;
    const names = [...shape.properties.keys()];
    const lastRequired = names.findLastIndex((name) => shape.required.has(name));
    const builder = this.#builder;
    const rule = builder.rule();
    const start = builder.startOf(rule);
    const end = builder.state(start);
    builder.accept(end);
    const members = names.map((name) =>
      this.#memberRule(literalRule(builder, JSON.stringify(name)), propertyOf(shape, name)),
    );
    const otherMember = isOpen ? this.#memberRule(otherKeyRule(builder, names), shape.additional) : undefined;
    const mostCount = Math.max(1, shape.max === Number.POSITIVE_INFINITY ? shape.min : shape.max);
    const keyStates = new Map<string, number>();
    const valueStates = new Map<string, number>();
    const open: (() => void)[] = [];

    const once = (states: Map<string, number>, i: number, count: number, write: (state: number) => void) => {
      const key = `${i} ${count}`;
      const known = states.get(key);
      if (known !== undefined) return known;
      const state = builder.state(start);
      states.set(key, state);
      open.push(() => write(state));
      return state;
    };
    const close = (state: number, i: number, count: number) => {
      if (i > lastRequired && count >= shape.min) this.#char(this.#space(state, true, false), "}", end);
    };
    /** After a value; the next key is that of property `i` or a later one. */
    const afterValue = (i: number, count: number): number =>
      once(valueStates, i, count, (state) => {
        close(state, i, count);
        builder.jump(this.#comma(state), beforeKey(i, count));
      });
    /** Before the key of property `i` or a later one, with `count` properties written. */
    const beforeKey = (i: number, count: number): number =>
      once(keyStates, i, count, (state) => {
        const name = names[i];
        if (name !== undefined && !shape.required.has(name)) builder.jump(state, beforeKey(i + 1, count));
        if (count >= shape.max) return;
        const next = Math.min(count + 1, mostCount);
        const member = name === undefined ? otherMember : members[i];
        if (member !== undefined)
          builder.call(state, member, afterValue(name === undefined ? i : i + 1, next));
      });

    const inside = builder.state(start);
    this.#char(start, "{", inside);
    close(inside, 0, 0);
    builder.jump(this.#space(inside, true, false), beforeKey(0, 0));
    for (let next = open.pop(); next; next = open.pop()) next();
    return rule;
  }

  /** A key, a colon and a value. */
  #memberRule(key: number, conjunction: Conjunction): number {
    const builder = this.#builder;
    const rule = builder.rule();
    const start = builder.startOf(rule);
    const [before, after, end] = [builder.state(start), builder.state(start), builder.state(start)];
    builder.accept(end);
    builder.call(start, key, before);
    this.#char(before, ":", after);
    builder.call(this.#space(after, false), this.#ruleOf(conjunction), end);
    return rule;
  }
}

function literalRule(builder: ProgramBuilder, text: string): number {
  const rule = builder.rule();
  builder.accept(builder.literal(builder.startOf(rule), utf8.encode(text)));
  return rule;
}
