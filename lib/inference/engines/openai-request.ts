import "server-only";
import { AppError } from "@/lib/core";
import type { ChatCall, ChatMessage } from "../schema";

/** Fields of OpenAI's request that only an upstream can honour; they are passed on as they are. */
export interface PassedFields {
  reasoning_effort?: string;
  verbosity?: string;
  logit_bias?: Record<string, number>;
  service_tier?: string;
}

/** What an upstream was found not to take; learnt from its refusals, per model. */
export interface Quirks {
  /** It refuses `stream_options`. */
  noStreamOptions: boolean;
  /** It wants `max_completion_tokens` instead of `max_tokens`. */
  completionTokens: boolean;
}

/** The JSON of a chat call. Blank parameters are not sent: the upstream's own defaults hold. @throws AppError `invalid` for what OpenAI's protocol has no words for. */
export function chatBody(call: ChatCall, stream: boolean, passed: PassedFields, quirks: Quirks): string {
  const { max_tokens, ...parameters } = call.parameters;
  if (call.responseFormat?.type === "regex") {
    throw new AppError("invalid", "response_format regex is for models that run here, not for connections.", {
      param: "response_format",
    });
  }
  return JSON.stringify({
    ...passed,
    ...parameters,
    [quirks.completionTokens ? "max_completion_tokens" : "max_tokens"]: max_tokens,
    model: call.model,
    messages: call.messages,
    response_format: call.responseFormat?.type === "text" ? undefined : call.responseFormat,
    tools: call.tools,
    tool_choice: call.toolChoice,
    parallel_tool_calls: call.parallelToolCalls,
    ...(call.logprobs === undefined
      ? {}
      : { logprobs: true, top_logprobs: call.logprobs === 0 ? undefined : call.logprobs }),
    ...(stream
      ? { stream: true, stream_options: quirks.noStreamOptions ? undefined : { include_usage: true } }
      : {}),
  });
}

/**
 * Notes what the upstream's refusal says about the call's form and tells whether a second try, without
 * it, is worth while. Only names of fields that we sent are looked for, never the upstream's wording.
 */
export function learn(
  quirks: Quirks,
  refusal: string,
  sent: { stream: boolean; maxTokens: boolean },
): boolean {
  if (sent.stream && !quirks.noStreamOptions && /stream_options|include_usage/.test(refusal)) {
    quirks.noStreamOptions = true;
    return true;
  }
  if (sent.maxTokens && !quirks.completionTokens && refusal.includes("max_completion_tokens")) {
    quirks.completionTokens = true;
    return true;
  }
  return false;
}

/** Characters of text in a prompt, for an estimate of its tokens. */
export function promptCharacters(messages: ChatMessage[]): number {
  let characters = 0;
  for (const { content } of messages) {
    if (typeof content === "string") characters += content.length;
    else for (const part of content ?? []) if (part.type === "text") characters += part.text.length;
  }
  return characters;
}
