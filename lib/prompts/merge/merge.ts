import type { ChatParameters, ResponseFormat } from "@/lib/inference";
import { bounds, type PromptContent, textsOf } from "../content";
import type { MergeConflict } from "../schema";
import { mergeJson } from "./json";
import { type Conflicts, each, mergeWhole, noteConflict, type Three, undisputed } from "./merging";
import { mergeMessages } from "./messages";
import { mergeText } from "./text";
import { mergeVariables } from "./variables";

type Template =
  | Pick<PromptContent & { type: "text" }, "type" | "text">
  | Pick<PromptContent & { type: "chat" }, "type" | "messages">;

const templateOf = (content: PromptContent): Template =>
  content.type === "text"
    ? { type: content.type, text: content.text }
    : { type: content.type, messages: content.messages };

function mergeTemplates({ base, theirs, mine }: Three<PromptContent>, conflicts: Conflicts): Template {
  if (base.type === "text" && theirs.type === "text" && mine.type === "text") {
    const texts = { base: base.text, theirs: theirs.text, mine: mine.text };
    return { type: "text", text: mergeText("text", texts, conflicts) };
  }
  if (base.type === "chat" && theirs.type === "chat" && mine.type === "chat") {
    const messages = { base: base.messages, theirs: theirs.messages, mine: mine.messages };
    return { type: "chat", messages: mergeMessages(messages, conflicts) };
  }
  return mergeWhole("type", each({ base, theirs, mine }, templateOf), conflicts);
}

function mergeParameters(three: Three<ChatParameters>, conflicts: Conflicts): ChatParameters {
  const names = new Set(
    Object.values(three).flatMap((side) => Object.keys(side)) as (keyof ChatParameters)[],
  );
  const merged = [...names].flatMap((name) => {
    const value = mergeWhole<unknown>(
      `parameters.${name}`,
      each(three, (side) => side[name]),
      conflicts,
    );
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(merged) as ChatParameters;
}

function mergeFormat(three: Three<ResponseFormat | null>, conflicts: Conflicts): ResponseFormat | null {
  const settled = undisputed(three);
  if (settled) return settled.value;
  const areSchemas = Object.values(three).every((side) => side?.type === "json_schema");
  if (!areSchemas) return mergeWhole("responseFormat", three, conflicts);
  return mergeJson("responseFormat", three, conflicts) as ResponseFormat;
}

/** What both sides brought may together be more than a version holds; what both took out, all of it. */
function requireRoom(
  three: Three<PromptContent>,
  merged: PromptContent,
  conflicts: Conflicts,
): PromptContent {
  const within = { ...merged };
  if (merged.variables.length > bounds.variables) {
    noteConflict(
      conflicts,
      "variables",
      each(three, ({ variables }) => variables),
    );
    within.variables = three.mine.variables;
  }
  const size = textsOf(merged).reduce((sum, text) => sum + text.length, 0);
  const count = merged.type === "chat" ? merged.messages.length : 1;
  const isLong = size > (conflicts.length > 0 ? bounds.resolved : bounds.text);
  if (count > 0 && count <= bounds.messages && !isLong) return within;
  const templates = each(three, templateOf);
  noteConflict(conflicts, merged.type === "chat" ? "messages" : "text", templates);
  return { ...within, ...templates.mine } as PromptContent;
}

/**
 * A three-way merge. What one side changed is taken; what both changed differently is a conflict: marked in
 * texts, mine elsewhere. Without conflicts the result is the same whichever side is which.
 */
export function mergeContents(
  base: PromptContent,
  theirs: PromptContent,
  mine: PromptContent,
): { merged: PromptContent; conflicts: MergeConflict[] } {
  const three = { base, theirs, mine };
  const conflicts: Conflicts = [];
  const settled = undisputed(three);
  if (settled) return { merged: settled.value, conflicts };
  const merged = {
    ...mergeTemplates(three, conflicts),
    variables: mergeVariables(
      each(three, ({ variables }) => variables),
      conflicts,
    ),
    model: mergeWhole(
      "model",
      each(three, ({ model }) => model),
      conflicts,
    ),
    parameters: mergeParameters(
      each(three, ({ parameters }) => parameters),
      conflicts,
    ),
    responseFormat: mergeFormat(
      each(three, ({ responseFormat }) => responseFormat),
      conflicts,
    ),
  };
  return { merged: requireRoom(three, merged, conflicts), conflicts };
}
