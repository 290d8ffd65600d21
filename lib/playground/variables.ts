import type { PlaygroundDocument, VariableType, VariableValues } from "./document";
import { declaredBy, promptOf, sendsMessages } from "./loaded-prompt";
import { remember } from "./remember";

const mark = /\{\{\s*([A-Za-z_][A-Za-z0-9_.-]{0,63})\s*\}\}/g;

type Prompt = Pick<PlaygroundDocument, "system" | "messages" | "columns" | "prompt">;

/** Names of the `{{variables}}` in texts, in the order in which they first appear. */
export function variablesIn(...texts: readonly string[]): string[] {
  // Most long texts have none, and looking for braces is much cheaper than for names.
  const marked = texts.filter((text) => text.includes("{{"));
  return [...new Set(marked.flatMap((text) => [...text.matchAll(mark)].map((match) => match[1] ?? "")))];
}

/** Those of what is written on this page, as far as it is sent. */
const written = remember(
  (
    system: string,
    messages: Prompt["messages"],
    columns: Prompt["columns"],
    prompt: Prompt["prompt"],
  ): readonly string[] => {
    const plain = columns.filter((column) => !promptOf({ prompt }, column));
    const own = plain.flatMap((column) => column.system ?? []);
    const texts = sendsMessages({ columns, prompt }) ? messages.map((message) => message.text) : [];
    return variablesIn(...(plain.length > 0 || columns.length === 0 ? [system] : []), ...own, ...texts);
  },
);

const all = remember(
  (here: readonly string[], columns: Prompt["columns"], prompt: Prompt["prompt"]): readonly string[] => [
    ...new Set([...declaredBy({ columns, prompt }).keys(), ...here]),
  ],
);

/** The variables of what is asked: of prompts of the library, of system prompts and messages. */
export function variablesOf({ system, messages, columns, prompt }: Prompt): readonly string[] {
  return all(written(system, messages, columns, prompt), columns, prompt);
}

/** What holds where a variable has no value; undefined where it needs one. */
export function defaultOf({ system, messages, columns, prompt }: Prompt, name: string): string | undefined {
  const isWritten = written(system, messages, columns, prompt).includes(name);
  return isWritten ? undefined : declaredBy({ columns, prompt }).get(name)?.default;
}

/** The type of a variable: as a prompt of the library declares it, else as it was chosen here. */
export function typeOf(
  state: Pick<PlaygroundDocument, "columns" | "prompt" | "variables">,
  name: string,
): VariableType | undefined {
  return declaredBy(state).get(name)?.type ?? state.variables[name];
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

/** What is wrong with the value of a variable of this page, in words that follow "needs". */
export function problemOf(
  state: Prompt & Pick<PlaygroundDocument, "variables">,
  name: string,
  value: string | undefined,
): string | undefined {
  if ((value ?? "").trim() === "" && defaultOf(state, name) !== undefined) return undefined;
  return valueProblem(name, typeOf(state, name), value);
}

/** The values of just these variables. */
export function valuesOf(names: readonly string[], values: VariableValues): VariableValues {
  return Object.fromEntries(
    names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
}
