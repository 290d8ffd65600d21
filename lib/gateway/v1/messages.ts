import "server-only";
import { AppError } from "@/lib/core";
import { type ChatMessage, chatMessage } from "@/lib/inference";
import { maxPromptCharacters, refusalOf, withoutNulls } from "./fields";

const maxMessages = 10_000;

/** Not in any of our answers, but in those of others, which callers send back as the history. */
const answerOnly = ["refusal", "annotations", "audio", "function_call", "reasoning_content", "reasoning"];

const roles: ReadonlySet<unknown> = new Set(["system", "developer", "user", "assistant"]);

/** Nearly every message is a role and a text; those are not worth a schema each. */
function isPlain(message: object): message is ChatMessage {
  let fields = 0;
  for (const _ in message) fields += 1;
  return (
    fields === 2 &&
    "role" in message &&
    roles.has(message.role) &&
    "content" in message &&
    typeof message.content === "string"
  );
}

function parseMessage(message: unknown, index: number): ChatMessage {
  let candidate = message;
  if (typeof message === "object" && message !== null && !Array.isArray(message)) {
    if (isPlain(message)) return message;
    const clean = withoutNulls(message as Record<string, unknown>);
    if (clean.role === "assistant") for (const name of answerOnly) delete clean[name];
    candidate = clean;
  }
  const parsed = chatMessage.safeParse(candidate);
  if (!parsed.success) throw refusalOf(parsed.error, ["messages", index]);
  return parsed.data;
}

/** Characters of text that the model has to read; an image's bytes are bounded by the body. */
function charactersOf({ content, tool_calls }: ChatMessage): number {
  let characters = 0;
  if (typeof content === "string") characters += content.length;
  else for (const part of content ?? []) if (part.type === "text") characters += part.text.length;
  for (const call of tool_calls ?? []) characters += call.function.arguments.length;
  return characters;
}

/**
 * Validates a conversation and puts it behind the messages of a prompt, which are valid.
 * @throws AppError `invalid` naming the message at fault, or for too much of it.
 */
export function parseMessages(messages: unknown[], before: readonly ChatMessage[] = []): ChatMessage[] {
  if (messages.length + before.length > maxMessages) {
    throw new AppError("invalid", `A request has ${maxMessages} messages at most.`, { param: "messages" });
  }
  const parsed = [...before, ...messages.map(parseMessage)];
  requirePromptSize(
    parsed.reduce((sum, message) => sum + charactersOf(message), 0),
    "messages",
  );
  return parsed;
}

/** @throws AppError `invalid` for a prompt that no model here could read. */
export function requirePromptSize(characters: number, param: string): void {
  if (characters <= maxPromptCharacters) return;
  throw new AppError(
    "invalid",
    `The prompt has ${characters} characters; ${maxPromptCharacters} is the most.`,
    { param },
  );
}
