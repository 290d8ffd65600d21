import {
  type PromptContent,
  type PromptVariable,
  placeholdersOf,
  referencesOf,
  usedVariables,
} from "@/lib/prompts";
import { canonical } from "./canonical";
import type { PlaygroundColumn, PlaygroundDocument } from "./document";
import type { LoadedPrompt, PromptSource } from "./prompt-schema";
import { remember } from "./remember";

type Prompts = Pick<PlaygroundDocument, "columns" | "prompt">;

/** The prompt that a column is asked by: its own, else the one for all. */
export function promptOf(
  { prompt }: Pick<Prompts, "prompt">,
  column: Pick<PlaygroundColumn, "prompt">,
): LoadedPrompt | undefined {
  return column.prompt ?? prompt;
}

/** Every prompt that columns are asked by, in their order. */
export function promptsOf({ columns, prompt }: Prompts): LoadedPrompt[] {
  return [...new Set(columns.flatMap((column) => promptOf({ prompt }, column) ?? []))];
}

/** What stands in the editor. */
export const currentContent = (prompt: LoadedPrompt): PromptContent => prompt.edited ?? prompt.written;

/** What is filled in and sent; until what it refers to is read, references stay as they are written. */
export const resolvedOf = (prompt: LoadedPrompt): PromptContent => prompt.resolved ?? currentContent(prompt);

/** What it refers to is not read yet, or cannot be. */
export const isUnresolved = (prompt: LoadedPrompt): boolean => prompt.resolved === null;

export const isEdited = (prompt: LoadedPrompt): boolean => prompt.edited !== undefined;

/** Whether a prompt ends with a question of the user's, so that the conversation follows it. */
export function asksByItself(content: PromptContent): boolean {
  if (content.type === "text") return true;
  const last = content.messages.at(-1);
  const begun = last !== undefined && "text" in last && last.role === "assistant";
  const asked = begun ? content.messages.at(-2) : last;
  return asked !== undefined && "text" in asked && asked.role === "user";
}

/** The placeholder that takes messages of this page: the last one. */
export const conversationPlace = (content: PromptContent): string | undefined =>
  placeholdersOf(content).at(-1);

/** Whether the messages under the prompt are sent along with it. */
export const takesMessages = (content: PromptContent): boolean =>
  !asksByItself(content) || conversationPlace(content) !== undefined;

/** Whether what is written on this page is sent to a column: it has no prompt, or one that leaves it room. */
export function sendsMessages({ columns, prompt }: Prompts): boolean {
  const takes = (column: PlaygroundColumn) => {
    const own = promptOf({ prompt }, column);
    return !own || takesMessages(currentContent(own));
  };
  return columns.length === 0 || columns.some(takes);
}

/** Whether the words of a turn are this page's own, and not those that prompts say. */
export function needsMessage({ columns, prompt }: Prompts): boolean {
  const needs = (column: PlaygroundColumn) => {
    const own = promptOf({ prompt }, column);
    return !own || !asksByItself(currentContent(own));
  };
  return columns.length === 0 || columns.some(needs);
}

const declare = remember(
  (columns: Prompts["columns"], prompt: LoadedPrompt | undefined): ReadonlyMap<string, PromptVariable> => {
    const found = new Map<string, PromptVariable>();
    for (const loaded of promptsOf({ columns, prompt })) {
      const content = resolvedOf(loaded);
      const declared = new Map(content.variables.map((variable) => [variable.name, variable]));
      for (const name of usedVariables(content)) {
        const own = declared.get(name) ?? { name, type: { type: "text" as const }, description: "" };
        const known = found.get(name);
        // Needed where one of the prompts has no default for it.
        const { default: usual, ...rest } = known ?? own;
        const optional = own.default !== undefined && (!known || usual !== undefined);
        found.set(name, { ...rest, ...(optional ? { default: usual ?? own.default } : {}) });
      }
    }
    return found;
  },
);

/** The variables that the prompts of this page use, by name. Where two declare one, the first says its type. */
export const declaredBy = ({ columns, prompt }: Prompts): ReadonlyMap<string, PromptVariable> =>
  declare(columns, prompt);

/** "main.support.triage v3" */
export const sourceName = ({ name, version }: Pick<PromptSource, "name" | "version">): string =>
  `${name} v${version}`;

/** A prompt with another text in the editor; one that says what the version says counts as unchanged. */
export function withContent(
  prompt: LoadedPrompt,
  content: PromptContent,
  library?: PromptContent,
): LoadedPrompt {
  const { edited: _, resolved: __, ...rest } = prompt;
  const same = canonical(content) === canonical(prompt.written);
  const refers = referencesOf(content).length > 0;
  return { ...rest, ...(same ? {} : { edited: content }), ...(refers ? { resolved: library ?? null } : {}) };
}
