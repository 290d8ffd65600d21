import type { ChatMessage, ChatParameters, ResponseFormat } from "@/lib/inference";

/** A call as it would be sent, for which code is written. */
export interface CodeRequest {
  model: string;
  messages: ChatMessage[];
  parameters: ChatParameters;
  responseFormat?: ResponseFormat;
  /** Log-probabilities are wanted, with this many alternatives for each token. */
  logprobs?: number;
}

export type JsonObject = Record<string, unknown>;

/** The body of `POST /v1/chat/completions`. */
export function bodyOf({ model, messages, parameters, responseFormat, logprobs }: CodeRequest): JsonObject {
  const body = {
    model,
    messages,
    ...parameters,
    ...(responseFormat ? { response_format: responseFormat } : {}),
    ...(logprobs === undefined ? {} : { logprobs: true, top_logprobs: logprobs }),
  };
  // As it will be on the wire: without what is undefined.
  return JSON.parse(wellFormed(body)) as JsonObject;
}

/** Halves of surrogate pairs, which no HTTP body can hold, become the sign for what was lost. */
function wellFormed(value: unknown): string {
  return JSON.stringify(value, (_, entry: unknown) =>
    typeof entry === "string" ? entry.toWellFormed() : entry,
  );
}

/** The body in what OpenAI's own packages take by name, and what they pass on unread. */
export function splitBody(body: JsonObject): { known: JsonObject; extra: JsonObject } {
  const known: JsonObject = {};
  const extra: JsonObject = {};
  for (const [name, value] of Object.entries(body)) {
    const ours = name === "top_k" || name === "min_p" || isRegex(name, value);
    (ours ? extra : known)[name] = value;
  }
  return { known, extra };
}

function isRegex(name: string, value: unknown): boolean {
  return name === "response_format" && (value as { type?: unknown }).type === "regex";
}
