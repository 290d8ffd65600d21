import { defaultAlias, type PromptDetail } from "@/lib/prompts";
import type { Side } from "./use-prompt-view";

/** `@`, dots and colons stay readable. */
const encode = (text: string) => encodeURIComponent(text).replaceAll("%40", "@");

const one = (fullName: string, at: string | number) => `prompt=${encode(`${fullName}@${at}`)}`;

/** The playground with a version of a prompt: by `production` where that is the one, else by number. */
export function playgroundPath(
  { fullName, aliases, lastNumber }: Pick<PromptDetail, "fullName" | "aliases" | "lastNumber">,
  version: Side,
): string {
  const number = version === "draft" ? lastNumber : version;
  const isProduced = aliases.some((one) => one.alias === defaultAlias && one.version === number);
  return `/playground?${one(fullName, isProduced ? defaultAlias : number)}`;
}

/** The playground with two versions of a prompt in two columns. */
export const playgroundPairPath = (fullName: string, left: number, right: number) =>
  `/playground?${one(fullName, left)}&${one(fullName, right)}`;

/** The playground with a version of a prompt and the values of a past call. */
export const replayPath = (fullName: string, version: number, invocation: string) =>
  `/playground?${one(fullName, version)}&invocation=${encodeURIComponent(invocation)}`;
