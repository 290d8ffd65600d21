import { aliasName, defaultAlias, promptFullName, type VersionChoice, versionNumber } from "@/lib/prompts";
import type { PlaygroundDocument } from "./document";
import { promptOf } from "./loaded-prompt";
import type { LoadedPrompt, PromptSource } from "./prompt-schema";

type Prompts = Pick<PlaygroundDocument, "columns" | "prompt">;

/** A version of a prompt as an address names it. */
export interface PromptRef {
  name: string;
  /** Neither alias nor version: the one in production. */
  choice: VersionChoice;
}

function choiceOf(word: string): VersionChoice | null {
  const number = /^v?(\d{1,7})$/.exec(word)?.[1];
  if (number !== undefined) {
    const version = versionNumber.safeParse(Number(number));
    return version.success ? { version: version.data } : null;
  }
  return aliasName.safeParse(word).success ? { alias: word } : null;
}

/** `main.support.triage@production`, `…@7` or without a choice; null for what is no such name. */
export function parsePromptRef(text: string): PromptRef | null {
  // The name of a prompt holds neither dot nor @; an alias may hold dots.
  const [, name, word] = /^([^.]+\.[^.]+\.[^.@]+)(?:@(.+))?$/.exec(text) ?? [];
  if (name === undefined || !promptFullName.safeParse(name).success) return null;
  const choice = word === undefined ? {} : choiceOf(word);
  return choice && { name, choice };
}

const sourceRef = ({ name, alias, version }: PromptSource) => `${name}@${alias ?? version}`;

/** What stands in columns: one for all, or one for each. */
function standing({ columns, prompt }: Prompts): (LoadedPrompt | undefined)[] {
  const own = columns.map((column) => promptOf({ prompt }, column));
  return own.every((one) => one === prompt) ? [prompt] : own;
}

/** Whether columns are asked by just the prompts that an address names. */
export function isAskedBy(state: Prompts, refs: readonly (PromptRef | null)[]): boolean {
  const found = standing(state);
  const isSame = (ref: PromptRef | null | undefined, one: LoadedPrompt | undefined) => {
    if (!ref || !one) return !ref && !one;
    const { alias = defaultAlias, version } = ref.choice;
    return ref.name === one.name && (version === undefined ? one.alias === alias : one.version === version);
  };
  return found.length === refs.length && found.every((one, index) => isSame(refs[index], one));
}

/** The part of an address that names the prompts of columns; blank where there are none. */
export function formatPrompts(state: Prompts): string {
  const encode = (text: string) => encodeURIComponent(text).replaceAll("%40", "@");
  const refs = standing(state);
  if (refs.every((one) => one === undefined)) return "";
  return refs.map((one) => `prompt=${one ? encode(sourceRef(one)) : ""}`).join("&");
}
