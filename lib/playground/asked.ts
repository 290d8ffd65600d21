import type { ChatMessage } from "@/lib/inference";
import {
  type PromptContent,
  placeholdersOf,
  bounds as promptBounds,
  render,
  type TemplateMessage,
  usedVariables,
} from "@/lib/prompts";
import { contentOf } from "./content";
import type { PlaygroundColumn, PlaygroundDocument, PromptMessage, VariableValues } from "./document";
import { asksByItself, conversationPlace, isEdited, promptOf, resolvedOf } from "./loaded-prompt";
import type { AnsweredPrompt, LoadedPrompt, SentMessage, SentPrompt } from "./prompt-schema";

export const answeredBy = (prompt: LoadedPrompt): AnsweredPrompt => ({
  name: prompt.name,
  version: prompt.version,
  alias: prompt.alias,
  edited: isEdited(prompt),
});

/** The values that a prompt uses; a blank one leaves the variable's default. */
export function valuesFor(content: PromptContent, values: VariableValues): VariableValues {
  const declared = new Map(content.variables.map((variable) => [variable.name, variable]));
  const given = usedVariables(content).flatMap((name): [string, string][] => {
    // A name such as `constructor` must not find what every object has.
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return [];
    return value.trim() === "" && declared.get(name)?.default !== undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(given);
}

/** Whether all values together are more than a prompt takes. */
export const isTooMuch = (values: VariableValues): boolean =>
  Object.values(values).reduce((sum, value) => sum + value.length, 0) > promptBounds.values;

/** Fills texts in as far as there are values; what has none stays as it is written, so that it can be seen. */
function filler(content: PromptContent, values: VariableValues): (text: string) => string {
  const known = new Map(content.variables.map(({ name, default: usual }) => [name, usual]));
  for (const [name, value] of Object.entries(isTooMuch(values) ? {} : values)) known.set(name, value);
  return (text) => {
    const alone: PromptContent = { ...plain, text };
    const written = usedVariables(alone).map((name) => [name, known.get(name) ?? `{{${name}}}`]);
    return render(alone, Object.fromEntries(written), {}).text ?? text;
  };
}

const plain = {
  type: "text" as const,
  variables: [],
  model: null,
  parameters: {},
  responseFormat: null,
};

/** What a prompt makes of values and of the messages on this page, for the turn that begins a conversation. */
export function sentOf(
  prompt: LoadedPrompt,
  values: VariableValues,
  messages: readonly PromptMessage[],
): SentPrompt {
  const content = resolvedOf(prompt);
  const variables = valuesFor(content, values);
  const fill = filler(content, variables);
  const facts = { prompt: answeredBy(prompt), variables };
  if (content.type === "text")
    return { ...facts, placeholders: {}, before: [], user: fill(content.text), after: [] };

  const place = conversationPlace(content);
  const asks = asksByItself(content);
  const here = messages.map(({ role, text, attachments }) => ({
    role,
    text,
    ...(attachments ? { attachments } : {}),
  }));
  const put = (name: string): SentMessage[] => (asks && name === place ? here : []);
  const sent = (list: TemplateMessage[]): SentMessage[] =>
    list.flatMap((message) =>
      "text" in message ? [{ role: message.role, text: fill(message.text) }] : put(message.placeholder),
    );
  const placeholders = Object.fromEntries(placeholdersOf(content).map((name) => [name, put(name)]));
  if (asks) {
    const all = content.messages;
    const last = all.at(-1);
    const prefill = last && "text" in last && last.role === "assistant" ? fill(last.text) : "";
    const rest = sent(prefill === "" ? all : all.slice(0, -1));
    const user = rest.at(-1)?.text ?? "";
    return {
      ...facts,
      placeholders,
      before: rest.slice(0, -1),
      user,
      ...(prefill === "" ? {} : { prefill }),
      after: [],
    };
  }
  const at = content.messages.findLastIndex(
    (message) => "placeholder" in message && message.placeholder === place,
  );
  const end = at < 0 ? content.messages.length : at;
  return {
    ...facts,
    placeholders,
    ...(place === undefined ? {} : { conversation: place }),
    before: sent(content.messages.slice(0, end)),
    after: sent(content.messages.slice(end + 1)),
  };
}

/** What each column with a prompt is asked. */
export function askedBy(
  { columns, prompt }: Pick<PlaygroundDocument, "columns" | "prompt">,
  values: VariableValues,
  messages: readonly PromptMessage[],
): Record<string, SentPrompt> {
  return Object.fromEntries(
    columns.flatMap((column: PlaygroundColumn) => {
      const own = promptOf({ prompt }, column);
      return own ? [[column.id, sentOf(own, values, messages)]] : [];
    }),
  );
}

export const toChatMessage = ({ role, text, attachments }: SentMessage): ChatMessage => ({
  role,
  content: contentOf(text, attachments),
});

/** The messages around a conversation whose first turn a prompt asked. */
export function around(sent: SentPrompt, conversation: ChatMessage[]): ChatMessage[] {
  return [...sent.before.map(toChatMessage), ...conversation, ...sent.after.map(toChatMessage)];
}
