import { z } from "zod";
import type { ModelTags } from "@/lib/registry";

/** Tags as somebody types them: one in a line, `key: value`. */
export function formatTags(tags: ModelTags): string {
  return Object.entries(tags)
    .map(([key, value]) => (value ? `${key}: ${value}` : key))
    .join("\n");
}

const line = /^([a-z0-9_.-]{1,64})\s*(?::\s*(.{0,256}))?$/;

/** The other way; a line that is no tag is said. */
export const tagText = z.string().transform((text, ctx): ModelTags => {
  const tags: Record<string, string> = {};
  for (const each of text.split("\n").map((one) => one.trim())) {
    if (!each) continue;
    const [, key, value = ""] = line.exec(each) ?? [];
    if (key === undefined) {
      ctx.addIssue({ code: "custom", message: `Write key: value, the key in a–z, 0–9, _, . and -: ${each}` });
      return z.NEVER;
    }
    tags[key] = value.trim();
  }
  return tags;
});
