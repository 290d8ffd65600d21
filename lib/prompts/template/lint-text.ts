import type { PromptVariable } from "../content";
import { conflictMarks } from "../merge/conflict-marks";
import { fencesOf } from "./fences";
import type { LintedText, LintFinding } from "./lint-finding";
import type { TemplatePart } from "./syntax";

/** Closed but no mark, and a mark that lacks a brace. */
const almost = /\{\{(>?)[^{}\n]{0,800}\}\}|\{\{()\s*[A-Za-z_][A-Za-z0-9_.-]{0,63}\s*\}(?!\})/g;
const word = /[\p{L}\p{N}]/u;

function brokenMarks({ text, message }: LintedText, part: TemplatePart): LintFinding[] {
  return [...text.slice(part.start, part.end).matchAll(almost)].map((match) => {
    const start = part.start + match.index;
    const place = { message, start, end: start + match[0].length };
    if (match[1] === ">") {
      const words = "This names no prompt. Write {{> catalog.schema.name@alias}} or @ and a version.";
      return { rule: "broken-reference", severity: "error", message: words, place };
    }
    const words = `“${match[0]}” is sent as it stands: a variable is a name in two braces on each side.`;
    return { rule: "broken-mark", severity: "warning", message: words, place };
  });
}

const inSystem = (name: string) =>
  `What stands in ${name} speaks with the voice of the system message. Put it into a user message, or declare it as a choice or a number.`;
const asAnswer = (name: string) =>
  `What stands in ${name} appears as the model's own words, which it trusts. Put it into a user message.`;
const before = (name: string) =>
  `Instructions come after ${name}, and text in it can overrule them. Put it last, or between tags such as <${name}> and </${name}>.`;

function risk(
  name: string,
  role: LintedText["role"],
  fenced: boolean,
  last: boolean,
): Pick<LintFinding, "rule" | "severity" | "message"> | null {
  if (role === "system")
    return {
      rule: "user-text-in-system",
      severity: fenced ? "hint" : "warning",
      message: inSystem(name),
    };
  if (role === "assistant")
    return { rule: "user-text-as-answer", severity: "warning", message: asAnswer(name) };
  if (fenced || last) return null;
  return { rule: "instructions-after-user-text", severity: "hint", message: before(name) };
}

/** Where what somebody types can act as an instruction: at the first such place of each variable of a text. */
function riskyPlaces(
  linted: LintedText,
  parts: TemplatePart[],
  declared: Map<string, PromptVariable>,
): LintFinding[] {
  const { text, message, role } = linted;
  const isFenced = fencesOf(text);
  const lastWords = parts.findLast(
    (part) =>
      part.kind === "reference" || (part.kind === "text" && word.test(text.slice(part.start, part.end))),
  );
  const found = new Map<string, LintFinding>();
  for (const part of parts) {
    if (part.kind !== "variable") continue;
    const fenced = isFenced(part);
    const type = declared.get(part.name)?.type.type ?? "text";
    if (type !== "text" || found.has(part.name)) continue;
    const what = risk(part.name, role, fenced, part.start > (lastWords?.start ?? -1));
    if (what) found.set(part.name, { ...what, place: { message, start: part.start, end: part.end } });
  }
  return [...found.values()];
}

/** What one text shows by itself. */
export function lintText(
  linted: LintedText,
  parts: TemplatePart[],
  declared: Map<string, PromptVariable>,
): LintFinding[] {
  const { text, message } = linted;
  const findings = parts.flatMap((part) => (part.kind === "text" ? brokenMarks(linted, part) : []));
  const conflict = conflictMarks(text);
  if (conflict) {
    const words = "A conflict of a merge is not settled here.";
    findings.push({
      rule: "conflict-mark",
      severity: "error",
      message: words,
      place: { message, ...conflict },
    });
  }
  if (text.trim() === "") {
    const words = message === null ? "The prompt is empty." : "Most models refuse an empty message.";
    findings.push({ rule: "empty-message", severity: "warning", message: words, place: { message } });
  }
  return [...findings, ...riskyPlaces(linted, parts, declared)];
}
