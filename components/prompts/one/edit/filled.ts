import { type PromptContent, parseTemplate } from "@/lib/prompts";

/** A stretch of a text as it would be sent. */
export interface FilledPart {
  /** Where it begins in the template. */
  start: number;
  kind: "text" | "filled" | "missing";
  text: string;
}

export type FilledMessage =
  | { kind: "message"; role: "system" | "user" | "assistant"; parts: FilledPart[] }
  | { kind: "place"; name: string };

function partsOf(text: string, values: ReadonlyMap<string, string>): FilledPart[] {
  return parseTemplate(text).map((part) => {
    const { start, end } = part;
    const written = text.slice(start, end);
    const value = part.kind === "variable" ? values.get(part.name) : undefined;
    if (value !== undefined) return { start, kind: "filled", text: value };
    return { start, kind: part.kind === "variable" ? "missing" : "text", text: written };
  });
}

/** What a resolved prompt becomes with the values that there are; values are not parsed again. */
export function fillIn(content: PromptContent, values: ReadonlyMap<string, string>): FilledMessage[] {
  if (content.type === "text")
    return [{ kind: "message", role: "user", parts: partsOf(content.text, values) }];
  return content.messages.map((message) =>
    "text" in message
      ? { kind: "message", role: message.role, parts: partsOf(message.text, values) }
      : { kind: "place", name: message.placeholder },
  );
}

/** The same as messages, for counting. */
export const plainMessages = (messages: readonly FilledMessage[]) =>
  messages.flatMap((message) =>
    message.kind === "message"
      ? [{ role: message.role, content: message.parts.map(({ text }) => text).join("") }]
      : [],
  );
