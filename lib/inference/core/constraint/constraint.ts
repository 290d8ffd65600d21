import { Automaton } from "./automaton";
import { refusal } from "./budget";
import { type GrammarPart, grammarTarget, jsonValue, matchingText } from "./grammar-part";
import type { JsonPlaces } from "./key-monitor";
import type { Program } from "./program";
import type { TokenTree } from "./token-tree";
import { type ToolCallGrammar, toolCallPart } from "./tool-call-grammar";
import { VocabularyMasks } from "./vocabulary-masks";

/** What the output must be. */
export type Grammar =
  | { type: "json_object" }
  | { type: "json_schema"; schema: unknown }
  | { type: "regex"; pattern: string }
  | ToolCallGrammar;

/** A compiled grammar. Independent of the vocabulary; keeps the masks of every vocabulary it is used with. */
export class Constraint {
  readonly automaton: Automaton;
  /** Where keys must be kept from repeating; undefined when they cannot repeat. */
  readonly places: JsonPlaces | undefined;
  /** The bytes that the text may need. */
  readonly bytes: readonly number[];
  readonly #masks = new WeakMap<TokenTree, VocabularyMasks>();

  constructor(program: Program, places: JsonPlaces | undefined) {
    this.automaton = new Automaton(program);
    this.places = places;
    this.bytes = bytesOf(program);
  }

  masksOf(tree: TokenTree): VocabularyMasks {
    const known = this.#masks.get(tree);
    if (known) return known;
    const masks = new VocabularyMasks(this.automaton, tree);
    this.#masks.set(tree, masks);
    return masks;
  }
}

/**
 * Compiles what the output must be. JSON Schema is that of draft 2020-12 without `not`, `if`, `contains`,
 * `propertyNames`, `patternProperties`, `dependent*`, `unevaluated*`, `$dynamicRef` and `multipleOf` (but 1 for
 * integers). Annotations are ignored; everything else that is not supported is refused, `format` included where it
 * is not one of ours. What is written is always valid, but not all that is valid can be written: integers have at
 * most 15 digits, and properties come in the schema's order.
 * @throws AppError `invalid` for what is malformed, not supported, impossible or too large; the message names the
 * JSON pointer and the keyword.
 */
export function compileConstraint(grammar: Grammar): Constraint {
  const { part, places } = partOf(grammar);
  const target = grammarTarget();
  const rule = target.builder.rule();
  target.builder.accept(part(target, target.builder.startOf(rule)));
  const program = target.builder.finish(rule);
  if (program === undefined) throw refusal("No finite value is valid by this schema.");
  return new Constraint(program, target.hasOpenKeys ? places : undefined);
}

const wholeText: JsonPlaces = { marker: undefined, skip: 0, between: 0 };

function partOf(grammar: Grammar): { part: GrammarPart; places: JsonPlaces } {
  switch (grammar.type) {
    case "json_object":
      return { part: jsonValue({ type: "object" }, "indented"), places: wholeText };
    case "json_schema":
      return { part: jsonValue(grammar.schema), places: wholeText };
    case "regex":
      return { part: matchingText(grammar.pattern), places: wholeText };
    case "tool_calls":
      return toolCallPart(grammar);
  }
}

function bytesOf(program: Program): number[] {
  const used = new Uint8Array(256);
  for (const edges of program.edges)
    for (let i = 0; i < edges.length; i += 4) used.fill(1, edges[i], (edges[i + 1] ?? 0) + 1);
  return [...used.keys()].filter((byte) => used[byte] === 1);
}
