import { fieldsOf } from "../call-fields";
import type { RunCall } from "../engine";

/** A call as it would be sent, for which code is written. */
export type CodeRequest = Pick<
  RunCall,
  "model" | "messages" | "parameters" | "responseFormat" | "logprobs" | "named"
>;

export type JsonObject = Record<string, unknown>;

/** The body of `POST /v1/chat/completions`. */
export function bodyOf(request: CodeRequest): JsonObject {
  // As it will be on the wire: without what is undefined.
  return JSON.parse(wellFormed(fieldsOf(request))) as JsonObject;
}

/** Halves of surrogate pairs, which no HTTP body can hold, become the sign for what was lost. */
function wellFormed(value: unknown): string {
  return JSON.stringify(value, (_, entry: unknown) =>
    typeof entry === "string" ? entry.toWellFormed() : entry,
  );
}

/** Fields that OpenAI does not have. */
const added = new Set(["prompt", "top_k", "min_p"]);

/** The body in what OpenAI's own packages take by name, and what they pass on unread. */
export function splitBody(body: JsonObject): { known: JsonObject; extra: JsonObject } {
  const known: JsonObject = {};
  const extra: JsonObject = {};
  for (const [name, value] of Object.entries(body)) {
    const ours = added.has(name) || isRegex(name, value);
    (ours ? extra : known)[name] = value;
  }
  // The packages ask for messages, also where the prompt has all of them.
  return { known: "prompt" in extra ? { model: known.model, messages: [], ...known } : known, extra };
}

function isRegex(name: string, value: unknown): boolean {
  return name === "response_format" && (value as { type?: unknown }).type === "regex";
}
