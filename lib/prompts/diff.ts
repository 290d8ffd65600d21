import type { PromptContent, TemplateMessage } from "./content";
import { type ConfigurationRow, diffConfiguration } from "./diff-configuration";
import { type DiffRow, diffRows, type WordCounts } from "./diff-rows";
import { isSame } from "./merge/hash";
import { sameMessages } from "./merge/origins";

/** What a section of texts is in one of the two contents. */
export interface SectionHead {
  /** Its index among the messages; null for a text prompt. */
  message: number | null;
  role: "system" | "user" | "assistant" | null;
  placeholder: string | null;
}

/** A message in both contents, or in one of them. */
export interface DiffSection {
  before: SectionHead | null;
  after: SectionHead | null;
  changed: boolean;
  /** None for a placeholder. */
  rows: DiffRow[];
}

/** What became of one content in another. */
export interface ContentDiff extends WordCounts {
  sections: DiffSection[];
  configuration: ConfigurationRow[];
  /** Nothing at all changed. */
  isSame: boolean;
}

interface Part {
  head: SectionHead;
  text: string | null;
}

function partOf(message: TemplateMessage, index: number): Part {
  if ("placeholder" in message)
    return { head: { message: index, role: null, placeholder: message.placeholder }, text: null };
  return { head: { message: index, role: message.role, placeholder: null }, text: message.text };
}

const wholeText = { message: null, role: null, placeholder: null };

function partsOf(content: PromptContent): Part[] {
  return content.type === "text" ? [{ head: wholeText, text: content.text }] : content.messages.map(partOf);
}

/** Which parts are the same one; those of a text prompt and of messages are not. */
function pairsOf(before: PromptContent, after: PromptContent): [number, number][] {
  if (before.type === "text" || after.type === "text") return before.type === after.type ? [[0, 0]] : [];
  return sameMessages(before.messages, after.messages);
}

/** Two contents beside each other: their texts line by line with the words that changed, and their configuration. */
export function diffContents(before: PromptContent, after: PromptContent): ContentDiff {
  const [old, now] = [partsOf(before), partsOf(after)];
  const counts: WordCounts = { inserted: 0, deleted: 0 };
  const sections: DiffSection[] = [];
  const push = (one: Part | undefined, other: Part | undefined) => {
    const { rows, counts: words } = diffRows(one?.text ?? null, other?.text ?? null);
    counts.inserted += words.inserted;
    counts.deleted += words.deleted;
    const changed = one?.text !== other?.text || one?.head.role !== other?.head.role || !one || !other;
    sections.push({ before: one?.head ?? null, after: other?.head ?? null, changed, rows });
  };
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...pairsOf(before, after), [old.length, now.length] as const]) {
    while (i < nextI) push(old[i++], undefined);
    while (j < nextJ) push(undefined, now[j++]);
    if (i < old.length && j < now.length) push(old[i++], now[j++]);
  }
  return {
    sections,
    ...counts,
    configuration: diffConfiguration(before, after),
    isSame: isSame(before, after),
  };
}
