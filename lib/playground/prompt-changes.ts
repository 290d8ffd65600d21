import type { PromptContent, PromptVariable, TemplateMessage } from "@/lib/prompts";
import { canonical } from "./canonical";
import type { Change } from "./changes";

const nothing = "none";
const shown = (value: unknown): string => {
  if (value === undefined || value === null) return nothing;
  return typeof value === "object" ? canonical(value) : String(value);
};

function messagesOf(content: PromptContent): TemplateMessage[] {
  return content.type === "text" ? [{ role: "user", text: content.text }] : content.messages;
}

const roleOf = (message: TemplateMessage | undefined) =>
  message === undefined ? nothing : "text" in message ? message.role : `placeholder ${message.placeholder}`;
const textOf = (message: TemplateMessage | undefined) => (message && "text" in message ? message.text : "");

function typeWords({ type, default: usual }: PromptVariable): string {
  const kind = type.type === "choice" ? `one of ${type.options.join(", ")}` : type.type;
  return usual === undefined ? kind : `${kind}, ${usual} where none is given`;
}

/** In what a text of the editor differs from a version: texts word by word, configuration side by side. */
export function promptChanges(here: PromptContent, there: PromptContent): Change[] {
  const changes: Change[] = [];
  const note = (what: string, mine: string, theirs: string, prose = false) => {
    if (mine !== theirs) changes.push({ what, here: mine, there: theirs, prose });
  };
  const [mine, theirs] = [messagesOf(here), messagesOf(there)];
  const many = mine.length > 1 || theirs.length > 1;
  for (let at = 0; at < Math.max(mine.length, theirs.length); at++) {
    const name = many ? `message ${at + 1}` : "the text";
    note(`Role of ${name}`, roleOf(mine[at]), roleOf(theirs[at]));
    note(many ? `Message ${at + 1}` : "Text", textOf(mine[at]), textOf(theirs[at]), true);
  }
  const variables = (content: PromptContent) =>
    new Map(content.variables.map((variable) => [variable.name, typeWords(variable)]));
  const [mineVariables, theirVariables] = [variables(here), variables(there)];
  for (const name of new Set([...mineVariables.keys(), ...theirVariables.keys()]))
    note(`Variable ${name}`, mineVariables.get(name) ?? nothing, theirVariables.get(name) ?? nothing);
  note("Model", shown(here.model), shown(there.model));
  const [mineParameters, theirParameters] = [
    new Map(Object.entries(here.parameters)),
    new Map(Object.entries(there.parameters)),
  ];
  for (const name of new Set([...mineParameters.keys(), ...theirParameters.keys()]))
    note(name, shown(mineParameters.get(name)), shown(theirParameters.get(name)));
  note("Answer format", shown(here.responseFormat), shown(there.responseFormat));
  return changes;
}
