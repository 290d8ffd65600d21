import type { LintFinding } from "@/lib/prompts";

const attribute = "data-prompt-text";

/** Names the field that holds a text, so that a finding leads to it. */
export const placeAttribute = (message: number | null) => ({ [attribute]: message ?? "text" });

/** Puts the cursor where a finding stands; false where it stands in no text. */
export function jumpTo({ message, start, end }: LintFinding["place"]): boolean {
  const field = document.querySelector<HTMLTextAreaElement | HTMLInputElement>(
    `[${attribute}="${message ?? "text"}"]`,
  );
  if (!field) return false;
  field.focus();
  if (start !== undefined) field.setSelectionRange(start, end ?? start);
  field.scrollIntoView({ block: "nearest" });
  return true;
}
