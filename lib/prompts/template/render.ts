import { AppError, type FieldDetail } from "@/lib/core";
import type { ChatMessage } from "@/lib/inference";
import { bounds, type PromptContent, placeholdersOf, textsOf } from "../content";
import type { PlaceholderValues, VariableValues } from "../schema";
import { parseTemplate, type TemplatePart } from "./syntax";
import { typeProblem } from "./value";
import { usedVariables } from "./variables";

/** All texts together once they are filled in: a long value may be used many times. */
const mostRendered = bounds.resolved + bounds.values;

// A name such as `constructor` must not find what every object has.
const given = <Value>(values: Record<string, Value>, name: string): Value | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;

function namesIn(words: string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

function requireAll(missing: FieldDetail[]): void {
  if (missing.length === 0) return;
  const names = missing.map(({ path }) => path.slice(path.indexOf(".") + 1));
  throw new AppError("invalid", `Values are missing for ${namesIn(names)}.`, { details: missing });
}

/** The texts to fill in. @throws AppError `invalid` naming all that are missing, `unprocessable` for wrong types. */
function filling(
  content: PromptContent,
  values: VariableValues,
  placeholders: PlaceholderValues,
): Map<string, string> {
  const declared = new Map(content.variables.map((variable) => [variable.name, variable]));
  const texts = new Map<string, string>();
  const missing: FieldDetail[] = [];
  const wrong: FieldDetail[] = [];
  let size = 0;
  for (const name of usedVariables(content)) {
    const variable = declared.get(name);
    const value = given(values, name) ?? variable?.default;
    const path = `variables.${name}`;
    if (value === undefined) {
      missing.push({ path, message: "A value is missing." });
      continue;
    }
    const problem = variable ? typeProblem(variable.type, value) : null;
    if (problem) wrong.push({ path, message: `The value of ${name} is ${problem}.` });
    const text = String(value);
    size += text.length;
    texts.set(name, text);
  }
  for (const name of placeholdersOf(content)) {
    if (given(placeholders, name) === undefined)
      missing.push({
        path: `placeholders.${name}`,
        message: "Messages are missing; an empty list is allowed.",
      });
  }
  requireAll(missing);
  if (wrong.length > 0)
    throw new AppError("unprocessable", wrong.map(({ message }) => message).join(" "), { details: wrong });
  if (size > bounds.values) {
    const most = bounds.values.toLocaleString("en");
    throw new AppError("too_large", `Use ${most} characters or fewer in all values together.`);
  }
  return texts;
}

const filledIn = (part: TemplatePart, texts: Map<string, string>): string | undefined =>
  part.kind === "variable" ? texts.get(part.name) : undefined;

function requireRoom(content: PromptContent, texts: Map<string, string>): void {
  let size = 0;
  for (const text of textsOf(content))
    for (const part of parseTemplate(text)) size += filledIn(part, texts)?.length ?? part.end - part.start;
  if (size <= mostRendered) return;
  const most = mostRendered.toLocaleString("en");
  throw new AppError("too_large", `Filled in, this prompt has more than ${most} characters.`);
}

/** One pass over the marks of the template: a value that looks like a mark stays what it is. */
const fill = (text: string, texts: Map<string, string>): string =>
  parseTemplate(text)
    .map((part) => filledIn(part, texts) ?? text.slice(part.start, part.end))
    .join("");

/**
 * Fills a resolved prompt in. A text prompt is one user message; values that it does not use are left aside.
 * @throws AppError `invalid` naming every variable and placeholder without a value, `unprocessable` for values
 * of a wrong type, `too_large`.
 */
export function render(
  resolved: PromptContent,
  values: VariableValues,
  placeholders: PlaceholderValues,
): { messages: ChatMessage[]; text: string | null } {
  const texts = filling(resolved, values, placeholders);
  requireRoom(resolved, texts);
  if (resolved.type === "text") {
    const text = fill(resolved.text, texts);
    return { messages: [{ role: "user", content: text }], text };
  }
  const messages = resolved.messages.flatMap((message): ChatMessage[] =>
    "text" in message
      ? [{ role: message.role, content: fill(message.text, texts) }]
      : (given(placeholders, message.placeholder) ?? []),
  );
  return { messages, text: null };
}
