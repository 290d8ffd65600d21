import type { PlaygroundDocument, VariableType, VariableValues } from "./document";
import { remember } from "./remember";

const mark = /\{\{\s*([A-Za-z_][A-Za-z0-9_.-]{0,63})\s*\}\}/g;

type Prompt = Pick<PlaygroundDocument, "system" | "messages" | "columns">;

/** Names of the `{{variables}}` in texts, in the order in which they first appear. */
export function variablesIn(...texts: readonly string[]): string[] {
  // Most long texts have none, and looking for braces is much cheaper than for names.
  const marked = texts.filter((text) => text.includes("{{"));
  return [...new Set(marked.flatMap((text) => [...text.matchAll(mark)].map((match) => match[1] ?? "")))];
}

const find = remember(
  (system: string, messages: Prompt["messages"], columns: Prompt["columns"]): readonly string[] => {
    const own = columns.flatMap((column) => column.system ?? []);
    return variablesIn(system, ...own, ...messages.map((message) => message.text));
  },
);

/** The variables of a prompt: of its system prompts and messages. */
export function variablesOf({ system, messages, columns }: Prompt): readonly string[] {
  return find(system, messages, columns);
}

/** A text with its variables replaced; one without a value stays as it is written. What is filled in is not searched again. */
export function fill(text: string, values: VariableValues): string {
  if (!text.includes("{{")) return text;
  return text.replace(mark, (written, name: string) => values[name] ?? written);
}

/** What is wrong with a value, in words that follow "needs"; undefined when it can be sent. */
export function valueProblem(
  name: string,
  type: VariableType | undefined,
  value: string | undefined,
): string | undefined {
  if (value === undefined || value.trim() === "") return `a value for ${name}`;
  if (type?.type === "number" && !/^\s*-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value))
    return `a number for ${name}`;
  if (type?.type === "boolean" && value !== "true" && value !== "false") return `true or false for ${name}`;
  if (type?.type === "choice" && !type.options.includes(value))
    return `one of ${type.options.join(", ")} for ${name}`;
  return undefined;
}

/** The values of just these variables. */
export function valuesOf(names: readonly string[], values: VariableValues): VariableValues {
  return Object.fromEntries(
    names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
}
