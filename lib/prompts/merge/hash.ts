import { AppError, Sha256 } from "@/lib/core";
import type { PromptContent } from "../content";

/** Deeper than any schema; each level takes room on the stack. */
const mostLevels = 200;

function written(value: unknown, level: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (level > mostLevels)
    throw new AppError("unprocessable", `The response format is nested more than ${mostLevels} deep.`);
  if (Array.isArray(value)) return `[${value.map((item) => written(item, level + 1)).join()}]`;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${written(item, level + 1)}`).join()}}`;
}

/** JSON that is the same for the same value, in whatever order its keys were written; absent is undefined. */
export const canonicalJson = (value: unknown): string => written(value, 0);

export const isSame = (one: unknown, other: unknown): boolean =>
  one === other || (one !== undefined && other !== undefined && canonicalJson(one) === canonicalJson(other));

/** SHA-256 of what a version says, as hex: equal for equal contents. */
export function contentHash(content: PromptContent): string {
  return new Sha256().update(new TextEncoder().encode(canonicalJson(content))).hex();
}
