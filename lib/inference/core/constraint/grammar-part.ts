import { Budget, refusal } from "./budget";
import { addChars, CharWriter } from "./char-bytes";
import { anyChar } from "./char-set";
import { matchedLength } from "./marker";
import { patternAutomaton } from "./pattern-automaton";
import { ProgramBuilder } from "./program";
import { anyNode, SchemaDocument, type SchemaNode } from "./schema-document";
import { SchemaGrammar, type Whitespace } from "./schema-grammar";
import { SchemaReader } from "./schema-reader";

const MOST_MARKER = 200;
const utf8 = new TextEncoder();

/** What parts are written into. */
export interface GrammarTarget {
  builder: ProgramBuilder;
  /** Set when an object's keys could be repeated. */
  hasOpenKeys: boolean;
}

export function grammarTarget(): GrammarTarget {
  return { builder: new ProgramBuilder(new Budget()), hasOpenKeys: false };
}

/** A piece of text that must come at some place: writes itself after a state and gives the state after it. */
export type GrammarPart = (target: GrammarTarget, from: number) => number;

/** Exactly this text. */
export function literal(text: string): GrammarPart {
  if (!text.isWellFormed()) throw refusal("A literal holds half a surrogate pair.");
  return ({ builder }, from) => builder.literal(from, utf8.encode(text));
}

export function sequence(...parts: readonly GrammarPart[]): GrammarPart {
  return (target, from) => parts.reduce((at, part) => part(target, at), from);
}

/** Any one of the parts. */
export function choice(...parts: readonly GrammarPart[]): GrammarPart {
  return (target, from) => {
    const end = target.builder.state(from);
    for (const part of parts) {
      const start = target.builder.state(from);
      target.builder.jump(from, start);
      target.builder.jump(part(target, start), end);
    }
    return end;
  };
}

/** The part as a rule of its own, so that it is written once however often it is used. */
export function shared(part: GrammarPart): GrammarPart {
  const rules = new WeakMap<GrammarTarget, number>();
  return (target, from) => {
    const { builder } = target;
    let rule = rules.get(target);
    if (rule === undefined) {
      rule = builder.rule();
      rules.set(target, rule);
      builder.accept(part(target, builder.startOf(rule)));
    }
    const end = builder.state(from);
    builder.call(from, rule, end);
    return end;
  };
}

/** The part `min` to `max` times. */
export function repeat(part: GrammarPart, min: number, max: number): GrammarPart {
  return (target, from) => {
    const end = target.builder.state(from);
    let at = from;
    for (let i = 0; i < max; i++) {
      if (i >= min) target.builder.jump(at, end);
      at = part(target, at);
    }
    target.builder.jump(at, end);
    return end;
  };
}

/**
 * JSON that is valid by the schema. Properties come in the schema's order, then those it does not name.
 * @param also a further schema that must hold.
 */
export function jsonValue(schema: unknown, whitespace: Whitespace = "compact", also = anyNode): GrammarPart {
  return (target, from) => {
    const reader = new SchemaReader(new SchemaDocument(schema), target.builder.budget);
    const grammar = new SchemaGrammar(target.builder, reader, whitespace);
    const rule = grammar.write([reader.document.root, also].filter((node) => node.value !== true));
    target.hasOpenKeys ||= grammar.hasOpenKeys;
    const end = target.builder.state(from);
    target.builder.call(from, rule, end);
    return end;
  };
}

export const objectNode: SchemaNode = { pointer: "/<an object>", value: { type: "object" } };

/** Text that matches a pattern from end to end. */
export function matchingText(pattern: string): GrammarPart {
  return ({ builder }, from) => {
    const automaton = patternAutomaton(pattern, "whole", builder.budget);
    if (automaton === undefined) throw refusal("The pattern matches no text.");
    return addChars(builder, from, automaton, "text");
  };
}

/** Any UTF-8 text; where `marker` has been written, `then` must follow, and nothing after it. */
export function textUntil(marker: string, then: GrammarPart): GrammarPart {
  const bytes = utf8.encode(marker);
  if (bytes.length === 0 || bytes.length > MOST_MARKER || !marker.isWellFormed())
    throw refusal(`A marker has 1 to ${MOST_MARKER} bytes.`);
  return (target, from) => {
    const { builder } = target;
    const end = builder.state(from);
    const found = builder.state(from);
    builder.jump(from, addMarkerSearch(builder, from, bytes, found, end));
    builder.jump(then(target, found), end);
    return end;
  };
}

/**
 * States that know how much of the marker the text ends with (Knuth, Morris, Pratt), and read UTF-8.
 * `end`: at each end of a character; `found`: after the marker.
 */
function addMarkerSearch(
  builder: ProgramBuilder,
  from: number,
  marker: Uint8Array,
  found: number,
  end: number,
): number {
  const states = Array.from(marker, () => builder.state(from));
  const start = states[0] ?? from;
  // Never entered: holds the edges of a state between two characters, before the marker is looked for.
  const between = builder.state(from);
  new CharWriter(builder).write(between, anyChar, start, "text");
  let like = between;
  for (const [length, state] of states.entries()) {
    if (like === between) builder.jump(state, end);
    const edges = builder.edgesOf(like);
    let nextLike = between;
    for (let i = 0; i < edges.length; i += 4) {
      const [low = 0, high = 0, target = 0] = edges.slice(i, i + 3);
      for (let byte = low; byte <= high; byte++) {
        const matched = matchedLength(marker, length, byte);
        builder.edge(state, byte, byte, matched === 0 ? target : (states[matched] ?? found));
        if (byte === marker[length]) nextLike = target === start ? between : target;
      }
    }
    like = nextLike;
  }
  return start;
}
