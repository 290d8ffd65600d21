import type { ChatMessage, ResponseFormat } from "@/lib/inference";
import { askedBy } from "./asked";
import { canonical } from "./canonical";
import { askedOf } from "./content";
import type { TurnHead } from "./conversation";
import type { AnswerFormat, PlaygroundDocument, VariableValues } from "./document";
import { currentContent, needsMessage, promptOf } from "./loaded-prompt";
import { remember } from "./remember";
import { fill, valuesOf, variablesOf } from "./variables";

type Prompt = Pick<PlaygroundDocument, "system" | "messages" | "columns" | "prompt">;

/** What a prompt asks once its variables are filled: a turn without place and id. */
export type Opening = Pick<TurnHead, "user" | "attachments" | "lead" | "prefill" | "values" | "asked">;

/** The prompt as it would be sent now. An assistant's message at the end is the beginning of the answer. */
export function openingOf({ system, messages, columns, prompt }: Prompt, values: VariableValues): Opening {
  return open(system, messages, columns, prompt, values);
}

const open = remember(make);

function make(
  system: string,
  template: Prompt["messages"],
  columns: Prompt["columns"],
  prompt: Prompt["prompt"],
  values: VariableValues,
): Opening {
  const written = template
    .map((message) => ({ ...message, text: fill(message.text, values) }))
    .filter(({ text, attachments = [] }) => text.trim() !== "" || attachments.length > 0);
  const names = variablesOf({ system, messages: template, columns, prompt });
  const asked = askedBy({ columns, prompt }, values, written);
  const rest = {
    ...(names.length > 0 ? { values: valuesOf(names, values) } : {}),
    ...(Object.keys(asked).length > 0 ? { asked } : {}),
  };
  // Where prompts ask by themselves in every column, the first one's question stands for the turn.
  if (!needsMessage({ columns, prompt })) return { user: Object.values(asked)[0]?.user ?? "", ...rest };
  const last = written.at(-1);
  const prefill = last?.role === "assistant" ? last.text : "";
  const before = prefill === "" ? written : written.slice(0, -1);
  const question = before.at(-1);
  const user = question?.role === "user" ? question : undefined;
  const lead = user ? before.slice(0, -1) : before;
  return {
    user: user?.text ?? "",
    ...(user?.attachments?.length ? { attachments: user.attachments } : {}),
    ...(lead.length > 0 ? { lead } : {}),
    ...(prefill === "" ? {} : { prefill }),
    ...rest,
  };
}

/** Whether a prompt asks something: its last message before a begun answer is the user's. */
export function asks({ user, attachments = [] }: Opening): boolean {
  return user.trim() !== "" || attachments.length > 0;
}

/** Whether the prompt in the editor asks the same as a turn that was sent. */
export const isSameOpening = remember((turn: Opening, opening: Opening): boolean => {
  const compared = Object.keys(turn.asked ?? opening.asked ?? {});
  const facts = ({ user, attachments = [], lead = [], prefill = "", values = {}, asked = {} }: Opening) =>
    JSON.stringify([
      user,
      attachments,
      lead.map(({ role, text, attachments: files = [] }) => [role, text, files]),
      prefill,
      Object.entries(values).sort(([a], [b]) => a.localeCompare(b)),
      // A column that came since has yet to be asked.
      compared.map((id) => canonical(asked[id] ?? null)),
    ]);
  return facts(turn) === facts(opening);
});

/** The messages of an opening alone, for a row of the grid. */
export function openingMessages(system: string, opening: Opening): ChatMessage[] {
  const { prefill = "" } = opening;
  return [
    ...(system.trim() === "" ? [] : [{ role: "system" as const, content: system }]),
    ...askedOf(opening),
    ...(prefill === "" ? [] : [{ role: "assistant" as const, content: prefill }]),
  ];
}

/** The format that a prompt stores, as the editor writes it; the same object for the same format. */
const storedFormats = new WeakMap<ResponseFormat, AnswerFormat>();

function editorFormat(format: ResponseFormat): AnswerFormat {
  const known = storedFormats.get(format);
  if (known) return known;
  const made = {
    type: format.type,
    schema: format.type === "json_schema" ? JSON.stringify(format.json_schema.schema, null, 2) : "",
    pattern: format.type === "regex" ? format.pattern : "",
  };
  storedFormats.set(format, made);
  return made;
}

/** The format that answers of a column are asked for: what is set here, else what its prompt stores. */
export function formatFor(
  { format, prompt }: Pick<PlaygroundDocument, "format" | "prompt">,
  column: Pick<PlaygroundDocument["columns"][number], "prompt">,
): AnswerFormat {
  const loaded = promptOf({ prompt }, column);
  const stored = loaded && currentContent(loaded).responseFormat;
  return format.type === "text" && stored ? editorFormat(stored) : format;
}

/** The answer's format as it is sent; undefined for plain text. The schema must parse: see `checkFormat`. */
export function responseFormatOf({ type, schema, pattern }: AnswerFormat): ResponseFormat | undefined {
  if (type === "json_object") return { type };
  if (type === "regex") return { type, pattern };
  if (type === "json_schema")
    return {
      type,
      json_schema: { name: "answer", schema: JSON.parse(schema) as Record<string, unknown>, strict: true },
    };
  return undefined;
}
