import { type PromptContent, textsOf } from "./content";
import type { PromptSummary } from "./schema";
import { searchKey } from "./search-text";

const around = 40;

const oneLine = (text: string) => text.replaceAll(/\s+/g, " ");
const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Where a searched word stands in the texts of a prompt, with some words around it, "…" where they are cut; null where it stands nowhere. */
export function matchIn(content: PromptContent, searched: string): PromptSummary["match"] {
  const word = searchKey(searched);
  for (const raw of textsOf(content)) {
    const text = raw.normalize("NFC");
    const found = new RegExp(escaped(word), "iu").exec(text) ?? whereCaseChangesLength(text, word);
    if (!found) continue;
    const from = found.index;
    const to = from + found[0].length;
    return {
      before: `${from > around ? "…" : ""}${oneLine(text.slice(Math.max(0, from - around), from).toWellFormed())}`,
      match: oneLine(text.slice(from, to)),
      after: `${oneLine(text.slice(to, to + around).toWellFormed())}${to + around < text.length ? "…" : ""}`,
    };
  }
  return null;
}

/** Of the few letters whose small form is longer, the small text is shown. */
function whereCaseChangesLength(text: string, word: string): { index: number; 0: string } | null {
  const index = searchKey(text).indexOf(word);
  return index < 0 ? null : { index, 0: text.slice(index, index + word.length) };
}
