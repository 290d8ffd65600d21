import { AppError, isAppError } from "@/lib/core";
import { refusal } from "./budget";
import {
  choice,
  type GrammarPart,
  jsonValue,
  literal,
  objectNode,
  repeat,
  sequence,
  shared,
  textUntil,
} from "./grammar-part";
import type { JsonPlaces } from "./key-monitor";

const MOST_CALLS = 16;
const MOST_TOOLS = 128;
const utf8 = new TextEncoder();

export interface ConstrainedTool {
  name: string;
  /** A JSON Schema of an object; any object when absent. */
  parameters?: unknown;
}

/** `{"name": "<tool>", "arguments": {...}}` between the model's own markers, once or several times in a row. */
export interface ToolCallGrammar {
  type: "tool_calls";
  tools: readonly ConstrainedTool[];
  /** `auto`: free text first, and calls only after `prefix`; `required`: calls only; or calls of one tool. */
  choice: "auto" | "required" | { name: string };
  /** Up to 16 calls instead of one. */
  parallel?: boolean;
  /** Before every call, such as `<tool_call>\n`. */
  prefix?: string;
  /** After every call, such as `\n</tool_call>`. */
  suffix?: string;
  /** Between calls. */
  separator?: string;
  /** The key of the arguments; `arguments` when absent. */
  argumentsKey?: string;
}

/** A grammar of type `tool_calls` with the usual choices made. */
export function toolCallGrammar(
  tools: readonly ConstrainedTool[],
  choice: ToolCallGrammar["choice"],
  options: Omit<ToolCallGrammar, "type" | "tools" | "choice"> = {},
): ToolCallGrammar {
  return { type: "tool_calls", tools, choice, ...options };
}

/**
 * @throws AppError `invalid` for unknown tools, unsupported parameters, or `auto` without a prefix, which is what
 * tells a call from text.
 */
export function toolCallPart(grammar: ToolCallGrammar): { part: GrammarPart; places: JsonPlaces } {
  const { prefix = "", suffix = "", separator = "", parallel = false } = grammar;
  const options = chosenTools(grammar).map((tool) => oneCall(tool, grammar.argumentsKey ?? "arguments"));
  const call = shared(sequence(choice(...options), literal(suffix)));
  const more = repeat(sequence(literal(separator + prefix), call), 0, parallel ? MOST_CALLS - 1 : 0);
  const calls = sequence(call, more);
  const between = utf8.encode(suffix + separator + prefix).length;
  if (grammar.choice !== "auto") {
    const skip = utf8.encode(prefix).length;
    return { part: sequence(literal(prefix), calls), places: { marker: undefined, skip, between } };
  }
  if (prefix === "") throw refusal("tool_choice auto needs a prefix that begins a call.", undefined, "tools");
  return { part: textUntil(prefix, calls), places: { marker: utf8.encode(prefix), skip: 0, between } };
}

function chosenTools({ tools, choice: chosen }: ToolCallGrammar): readonly ConstrainedTool[] {
  if (tools.length === 0 || tools.length > MOST_TOOLS)
    throw refusal(`tools must be 1 to ${MOST_TOOLS}.`, undefined, "tools");
  if (new Set(tools.map(({ name }) => name)).size < tools.length)
    throw refusal("Two tools have the same name.", undefined, "tools");
  if (typeof chosen === "string") return tools;
  const named = tools.filter(({ name }) => name === chosen.name);
  if (named.length === 0)
    throw refusal(`tool_choice names ${chosen.name}, which is none of the tools.`, undefined, "tool_choice");
  return named;
}

function oneCall({ name, parameters = true }: ConstrainedTool, argumentsKey: string): GrammarPart {
  const space = repeat(literal(" "), 0, 1);
  const value: GrammarPart = (target, from) => {
    try {
      return jsonValue(parameters, "compact", objectNode)(target, from);
    } catch (error) {
      if (!isAppError(error)) throw error;
      throw new AppError(error.code, `Tool ${name}: ${error.message}`, { param: "tools", cause: error });
    }
  };
  return sequence(
    literal('{"name":'),
    space,
    literal(`${JSON.stringify(name)},`),
    space,
    literal(`${JSON.stringify(argumentsKey)}:`),
    space,
    value,
    literal("}"),
  );
}
