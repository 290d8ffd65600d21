import type { Attachment } from "./document";

/** A text attachment as a model reads it: its name, and its words between fences that occur nowhere in them. */
export function attachmentContext({ name, text }: Extract<Attachment, { kind: "text" }>): string {
  let longest = 2;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const fence = "`".repeat(longest + 1);
  return `Attached file: ${name.replace(/\s+/g, " ")}\n${fence}\n${text}\n${fence}`;
}
