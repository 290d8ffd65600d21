import { z } from "zod";

/** Keys and values as somebody types them: one pair in a line, `key: value`. */
export function formatPairs(pairs: Readonly<Record<string, string>>): string {
  return Object.entries(pairs)
    .map(([key, value]) => (value ? `${key}: ${value}` : key))
    .join("\n");
}

/** The other way; a line without a key, or a key written twice, is said. */
export const pairText = z.string().transform((text, ctx): Record<string, string> => {
  const pairs = new Map<string, string>();
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (!line) continue;
    const at = line.indexOf(":");
    const key = (at < 0 ? line : line.slice(0, at)).trim();
    if (key === "" || pairs.has(key)) {
      ctx.addIssue(key === "" ? `Write a key before the colon: ${line}` : `${key} is written twice.`);
      return z.NEVER;
    }
    pairs.set(key, at < 0 ? "" : line.slice(at + 1).trim());
  }
  return Object.fromEntries(pairs);
});
