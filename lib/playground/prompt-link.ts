import { aliasName, promptFullName, type VersionChoice, versionNumber } from "@/lib/prompts";
import type { PlaygroundDocument } from "./document";
import type { PromptSource } from "./prompt-schema";

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

/** The part of an address that names the prompts of columns; blank where there are none. */
export function formatPrompts({ columns, prompt }: Pick<PlaygroundDocument, "columns" | "prompt">): string {
  const encode = (text: string) => encodeURIComponent(text).replaceAll("%40", "@");
  const own = columns.map((column) => column.prompt ?? prompt);
  const refs = own.every((one) => one === prompt) ? [prompt] : own;
  if (refs.every((one) => one === undefined)) return "";
  return refs.map((one) => `prompt=${one ? encode(sourceRef(one)) : ""}`).join("&");
}
