import { aliasName, versionNumber } from "../alias";

/** A stretch of a text, in UTF-16 units; all parts joined are the text. */
export type TemplatePart =
  | { kind: "text"; start: number; end: number }
  | { kind: "variable"; name: string; start: number; end: number }
  | {
      kind: "reference";
      /** `catalog.schema.name` as it is written. */
      fullName: string;
      /** Both null: the default alias is meant. */
      alias: string | null;
      version: number | null;
      start: number;
      end: number;
    };

/** One place of another prompt: `{{> main.support.rules@production}}` or `@7`. */
export type TemplateReference = Extract<TemplatePart, { kind: "reference" }>;

// Neither kind can hold a brace, so marks never overlap and each is found wherever its text stands.
const mark =
  /\{\{\s*([A-Za-z_][A-Za-z0-9_.-]{0,63})\s*\}\}|\{\{>\s*([^\s./{}]+\.[^\s./{}]+\.[^\s./{}@]+)(?:@([a-z0-9_.-]+))?\s*\}\}/g;

function choiceOf(word: string | undefined): Pick<TemplateReference, "alias" | "version"> | null {
  if (word === undefined) return { alias: null, version: null };
  const number = /^v?(\d{1,7})$/.exec(word)?.[1];
  if (number === undefined) return aliasName.safeParse(word).success ? { alias: word, version: null } : null;
  const version = Number(number);
  return versionNumber.safeParse(version).success ? { alias: null, version } : null;
}

function partOf(match: RegExpExecArray): TemplatePart | null {
  const [written, variable, fullName, word] = match;
  const place = { start: match.index, end: match.index + written.length };
  if (variable !== undefined) return { kind: "variable", name: variable, ...place };
  const choice = choiceOf(word);
  return fullName !== undefined && choice ? { kind: "reference", fullName, ...choice, ...place } : null;
}

/** Cuts a text into marks and what stands between them. What only looks like a mark is text. */
export function parseTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of text.includes("{{") ? text.matchAll(mark) : []) {
    const part = partOf(match);
    if (!part) continue;
    if (part.start > end) parts.push({ kind: "text", start: end, end: part.start });
    parts.push(part);
    end = part.end;
  }
  if (end < text.length) parts.push({ kind: "text", start: end, end: text.length });
  return parts;
}
