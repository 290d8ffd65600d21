import type { PromptContent, PromptVariable } from "../content";
import type { MergeConflict, MergeResult } from "../schema";
import { marks } from "./conflict-marks";

/** Which of the three takes the place of a conflict. */
export type Settlement = "mine" | "theirs" | "base";

const linesOf = (part: string | null) => (part === null ? [] : [part]);

/** A conflict as it stands in a merged text. */
const marked = ({ base, theirs, mine }: MergeConflict): string =>
  [
    marks.mine,
    ...linesOf(mine),
    marks.base,
    ...linesOf(base),
    marks.between,
    ...linesOf(theirs),
    marks.theirs,
  ].join("\n");

/** The text with one conflict settled; undefined where it does not stand in it. */
function settleText(text: string, conflict: MergeConflict, choice: Settlement): string | undefined {
  const stands = marked(conflict);
  const at = text.indexOf(stands);
  if (at < 0) return undefined;
  const [before, after] = [text.slice(0, at), text.slice(at + stands.length)];
  const chosen = conflict[choice];
  if (chosen !== null) return before + chosen + after;
  // No lines: one of the line's ends around it goes as well.
  return before === "" ? after.replace(/^\n/, "") : before.replace(/\n$/, "") + after;
}

const templateOf = (content: PromptContent) =>
  content.type === "text" ? { text: content.text } : { messages: content.messages };

function withVariable(
  content: PromptContent,
  name: string,
  change: (mine: PromptVariable | undefined) => PromptVariable | undefined,
): PromptContent {
  const at = content.variables.findIndex((variable) => variable.name === name);
  const next = change(content.variables[at]);
  const others = content.variables.filter((_, index) => index !== at);
  return { ...content, variables: next ? others.toSpliced(at < 0 ? others.length : at, 0, next) : others };
}

function settleVariable(content: PromptContent, side: PromptContent, path: string): PromptContent {
  const field = /\.(type|description)$/.exec(path)?.[1];
  const of = (name: string) => side.variables.find((variable) => variable.name === name);
  // A name may hold dots, and end in one of these words.
  const whole = path.slice("variables.".length);
  const isWhole =
    field === undefined || of(whole) !== undefined || content.variables.some((v) => v.name === whole);
  if (isWhole) return withVariable(content, whole, () => of(whole));
  const name = whole.slice(0, -1 - field.length);
  const chosen = of(name);
  return withVariable(content, name, (mine) => {
    if (!mine || !chosen) return chosen;
    if (field === "description") return { ...mine, description: chosen.description };
    return { ...chosen, description: mine.description };
  });
}

/** What is not a stretch of text, taken from one side. Of messages that came, went or moved, all are taken. */
function settlePart(content: PromptContent, side: PromptContent, path: string): PromptContent {
  const [part = "", name = ""] = path.split(".");
  if (part === "model") return { ...content, model: side.model };
  if (part === "responseFormat") return { ...content, responseFormat: side.responseFormat };
  if (part === "parameters") {
    const key = name as keyof PromptContent["parameters"];
    const { [key]: _, ...rest } = content.parameters;
    const value = side.parameters[key];
    return { ...content, parameters: value === undefined ? rest : { ...rest, [key]: value } };
  }
  if (path === "variables") return { ...content, variables: side.variables };
  if (part === "variables") return settleVariable(content, side, path);
  return { ...content, ...templateOf(side) } as PromptContent;
}

function settleOne(
  content: PromptContent,
  conflict: MergeConflict,
  choice: Settlement,
  side: PromptContent | undefined,
): PromptContent {
  const { path } = conflict;
  if (content.type === "text" && path === "text") {
    const text = settleText(content.text, conflict, choice);
    if (text !== undefined) return { ...content, text };
  }
  const place = /^messages\.(\d+)\.(text|role)$/.exec(path);
  if (content.type === "chat" && place) {
    const index = Number(place[1]);
    const message = content.messages[index];
    if (!message || !("text" in message)) return content;
    const chosen = conflict[choice];
    const next =
      place[2] === "text"
        ? { ...message, text: settleText(message.text, conflict, choice) ?? message.text }
        : { ...message, role: (chosen ?? message.role) as typeof message.role };
    return { ...content, messages: content.messages.with(index, next) };
  }
  // Elsewhere what was merged says mine already.
  return choice === "mine" || !side ? content : settlePart(content, side, path);
}

const isInText = ({ path }: MergeConflict) => path === "text" || /^messages\.\d+\.(text|role)$/.test(path);

/**
 * What was merged with every conflict settled as chosen, by their order. What one side changed alone is there as
 * it was merged, apart from messages where all of one side were chosen.
 */
export function settleConflicts(
  { merged, conflicts, base, theirs, mine }: MergeResult,
  choices: readonly Settlement[],
): PromptContent {
  const sides = { base: base?.content, theirs: theirs.content, mine };
  const chosen = conflicts.map((conflict, index) => ({ conflict, choice: choices[index] ?? "mine" }));
  // Places in messages count as they were merged, so lists change last.
  const ordered = [
    ...chosen.filter(({ conflict }) => isInText(conflict)),
    ...chosen.filter(({ conflict }) => !isInText(conflict)),
  ];
  return ordered.reduce(
    (content, { conflict, choice }) => settleOne(content, conflict, choice, sides[choice]),
    merged,
  );
}
