import { textsOf } from "@/lib/prompts";
import { canonical } from "./canonical";
import type { PlaygroundDocument, PromptMessage, VariableType } from "./document";
import { currentContent, sourceName } from "./loaded-prompt";
import type { LoadedPrompt } from "./prompt-schema";

/** One thing in which two states of a comparison differ. */
export interface Change {
  what: string;
  here: string;
  there: string;
  /** Running text, to be compared word by word. */
  prose: boolean;
}

export interface Titled {
  title: string;
  document: PlaygroundDocument;
}

const absent = "none";
const letters = "ABCDEFGH";

/** A value as it is read; `undefined` and null say that it is not sent. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return "not sent";
  if (typeof value === "boolean") return value ? "on" : "off";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

function typeWords(type: VariableType | undefined): string {
  return type?.type === "choice" ? `choice of ${type.options.join(", ")}` : (type?.type ?? "text");
}

class Changes {
  readonly list: Change[] = [];

  prose(what: string, here: string, there: string): void {
    if (here !== there) this.list.push({ what, here, there, prose: true });
  }

  fact(what: string, here: string, there: string): void {
    if (here !== there) this.list.push({ what, here, there, prose: false });
  }

  /** The values of two records by name. */
  values(
    what: (name: string) => string,
    here: Record<string, unknown>,
    there: Record<string, unknown>,
  ): void {
    for (const name of new Set([...Object.keys(here), ...Object.keys(there)]))
      this.fact(what(name), shown(here[name]), shown(there[name]));
  }
}

const files = (message: PromptMessage | undefined) =>
  (message?.attachments ?? []).map(({ name }) => name).join(", ") || absent;

function messages(changes: Changes, here: PromptMessage[], there: PromptMessage[]): void {
  for (let at = 0; at < Math.max(here.length, there.length); at++) {
    const [mine, theirs] = [here[at], there[at]];
    const what = `Message ${at + 1}`;
    changes.fact(`Role of message ${at + 1}`, mine?.role ?? absent, theirs?.role ?? absent);
    changes.prose(what, mine?.text ?? "", theirs?.text ?? "");
    changes.fact(`Files of message ${at + 1}`, files(mine), files(theirs));
  }
}

/** Prompts of the library: which version, and the text in the editor. */
function prompts(
  changes: Changes,
  place: string,
  here: LoadedPrompt | undefined,
  there: LoadedPrompt | undefined,
): void {
  const texts = (prompt: LoadedPrompt | undefined) =>
    prompt ? textsOf(currentContent(prompt)).join("\n\n") : "";
  changes.fact(`Prompt${place}`, here ? sourceName(here) : absent, there ? sourceName(there) : absent);
  changes.prose(`Text of the prompt${place}`, texts(here), texts(there));
}

function columns(changes: Changes, here: PlaygroundDocument, there: PlaygroundDocument): void {
  const ids = new Set([...here.columns, ...there.columns].map(({ id }) => id));
  for (const id of ids) {
    const mine = here.columns.find((column) => column.id === id);
    const theirs = there.columns.find((column) => column.id === id);
    const at = (mine ? here : there).columns.findIndex((column) => column.id === id);
    const name = `column ${letters[at] ?? at + 1}`;
    const model = (column: typeof mine) => (column ? `${column.model}, ${column.engine}` : absent);
    changes.fact(`Model of ${name}`, model(mine), model(theirs));
    if (!mine || !theirs) continue;
    changes.prose(`System prompt of ${name}`, mine.system ?? "", theirs.system ?? "");
    prompts(changes, ` of ${name}`, mine.prompt, theirs.prompt);
    changes.values((parameter) => `${parameter} of ${name}`, mine.parameters, theirs.parameters);
  }
  const order = ({ columns: all }: PlaygroundDocument) => all.map(({ id }) => id).join();
  if (ids.size === here.columns.length && ids.size === there.columns.length && order(here) !== order(there))
    changes.fact("Order of the columns", "moved", "as saved");
}

/** "3, of which 1 only here": what has the same id and the same content is not counted. */
function amounts(changes: Changes, what: string, here: { id: string }[], there: { id: string }[]): void {
  const content = (all: { id: string }[]) => new Map(all.map((one) => [one.id, canonical(one)]));
  const [mine, theirs] = [content(here), content(there)];
  const only = (these: Map<string, string>, those: Map<string, string>) =>
    [...these].filter(([id, text]) => those.get(id) !== text).length;
  const words = (all: unknown[], others: number, place: string) =>
    others === 0 ? String(all.length) : `${all.length}, ${others} of them only ${place}`;
  const [onlyHere, onlyThere] = [only(mine, theirs), only(theirs, mine)];
  if (onlyHere + onlyThere > 0)
    changes.fact(what, words(here, onlyHere, "here"), words(there, onlyThere, "there"));
}

/** In what two states of one comparison differ: the prompt in words, answers by their number. */
export function changesBetween(here: Titled, there: Titled): Change[] {
  const changes = new Changes();
  const [mine, theirs] = [here.document, there.document];
  changes.prose("Title", here.title, there.title);
  changes.prose("System prompt", mine.system, theirs.system);
  messages(changes, mine.messages, theirs.messages);
  prompts(changes, "", mine.prompt, theirs.prompt);
  for (const name of new Set([...Object.keys(mine.values), ...Object.keys(theirs.values)]))
    changes.prose(`Value of ${name}`, mine.values[name] ?? "", theirs.values[name] ?? "");
  for (const name of new Set([...Object.keys(mine.variables), ...Object.keys(theirs.variables)]))
    changes.fact(`Type of ${name}`, typeWords(mine.variables[name]), typeWords(theirs.variables[name]));
  changes.fact("Answer format", mine.format.type, theirs.format.type);
  changes.prose("JSON Schema of the answer", mine.format.schema, theirs.format.schema);
  changes.prose("Pattern of the answer", mine.format.pattern, theirs.format.pattern);
  changes.values((name) => name, mine.parameters, theirs.parameters);
  changes.fact("Answers to a message", String(mine.repeats), String(theirs.repeats));
  changes.fact("Alternatives of a token", shown(mine.logprobs), shown(theirs.logprobs));
  changes.fact("Same input", shown(mine.sameInput), shown(theirs.sameInput));
  changes.fact("Task", mine.task || absent, theirs.task || absent);
  columns(changes, mine, theirs);
  amounts(changes, "Turns", mine.turns, theirs.turns);
  amounts(changes, "Rows", mine.rows, theirs.rows);
  return changes.list;
}
