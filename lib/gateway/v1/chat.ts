import "server-only";
import { AppError } from "@/lib/core";
import type { ChatParameters } from "@/lib/inference";
import type { PassedFields } from "@/lib/inference/server";
import type { ChatRequest } from "../chat";
import { type PreparedPrompt, preparePrompt } from "../prompt-port";
import { readJsonBody } from "./body";
import { startCalls, type V1Request } from "./calls";
import { type ChatFields, type CompletionFields, chatFields, missing, parseFields } from "./fields";
import { chatFramer } from "./frames";
import { sendJson } from "./json";
import { parseMessages } from "./messages";
import { streamAnswer } from "./stream-answer";
import { type WholeChoice, wholeAnswer } from "./whole-answer";

/** The sampling parameters that a request names; absent ones stay absent. */
export function parametersOf(fields: ChatFields | CompletionFields): ChatParameters {
  const { temperature, top_p, top_k, min_p, stop, seed, presence_penalty, frequency_penalty } = fields;
  const max_tokens =
    ("max_completion_tokens" in fields ? fields.max_completion_tokens : undefined) ?? fields.max_tokens;
  const all = {
    temperature,
    top_p,
    top_k,
    min_p,
    max_tokens,
    stop,
    seed,
    presence_penalty,
    frequency_penalty,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** The fields for an upstream, without those that say what holds anyway. */
export function passedOf(fields: Partial<ChatFields>): PassedFields {
  const { reasoning_effort, verbosity, logit_bias, service_tier } = fields;
  return {
    ...(reasoning_effort === undefined ? {} : { reasoning_effort }),
    ...(verbosity === undefined ? {} : { verbosity }),
    ...(logit_bias && Object.keys(logit_bias).length > 0 ? { logit_bias } : {}),
    ...(service_tier === undefined || service_tier === "auto" || service_tier === "default"
      ? {}
      : { service_tier }),
  };
}

/** One request for each choice; a seed that all shared would make them all the same. */
export function choicesOf(request: Omit<ChatRequest, "model">, n: number): Omit<ChatRequest, "model">[] {
  const { seed } = request.parameters;
  return Array.from({ length: n }, (_, index) =>
    seed === undefined || index === 0
      ? request
      : { ...request, parameters: { ...request.parameters, seed: seed + index } },
  );
}

/** @throws AppError `invalid` for fields that contradict each other. */
export function requireConsistent(fields: ChatFields | CompletionFields): void {
  if (fields.stream_options && !fields.stream) {
    throw new AppError("invalid", "stream_options needs stream: true.", { param: "stream_options" });
  }
  if (
    "tool_choice" in fields &&
    fields.tool_choice &&
    fields.tool_choice !== "none" &&
    !fields.tools?.length
  ) {
    throw new AppError("invalid", "tool_choice needs tools.", { param: "tool_choice" });
  }
  if ("top_logprobs" in fields && fields.top_logprobs !== undefined && !fields.logprobs) {
    throw new AppError("invalid", "top_logprobs needs logprobs: true.", { param: "top_logprobs" });
  }
}

/** What the request says itself comes before what its prompt has stored. */
function requestOf(fields: ChatFields, prompt: PreparedPrompt | undefined): Omit<ChatRequest, "model"> {
  if (!fields.messages && !prompt) throw missing("messages");
  if (fields.messages?.length === 0 && !prompt) {
    throw new AppError("invalid", "messages: A call without a prompt needs one.", { param: "messages" });
  }
  const responseFormat = fields.response_format ?? prompt?.responseFormat;
  const messages = parseMessages(fields.messages ?? [], prompt?.messages);
  if (messages.length === 0) {
    throw new AppError("invalid", "The prompt gives no messages with these placeholders.", {
      param: "prompt",
    });
  }
  return {
    messages,
    parameters: { ...prompt?.parameters, ...parametersOf(fields) },
    ...(responseFormat ? { responseFormat } : {}),
    ...(fields.tools?.length ? { tools: fields.tools } : {}),
    ...(fields.tool_choice && fields.tools?.length ? { toolChoice: fields.tool_choice } : {}),
    ...(fields.parallel_tool_calls === false ? { parallelToolCalls: false } : {}),
    ...(fields.logprobs ? { logprobs: fields.top_logprobs ?? 0 } : {}),
    whole: !fields.stream,
    passed: passedOf(fields),
  };
}

function messageOf({ text, toolCalls }: WholeChoice) {
  if (toolCalls.length === 0) return { role: "assistant", content: text, refusal: null };
  return { role: "assistant", content: text === "" ? null : text, refusal: null, tool_calls: toolCalls };
}

/** POST /v1/chat/completions */
export async function chatCompletions(v1: V1Request): Promise<void> {
  const fields = parseFields(chatFields, await readJsonBody(v1.request));
  requireConsistent(fields);
  const { n = 1, stream = false } = fields;
  if (!fields.model && !fields.prompt) throw missing("model");
  const prompt = fields.prompt && (await preparePrompt(v1.ctx, fields.prompt));
  const called = fields.model ?? prompt?.model;
  if (!called) throw missing("model");
  const request = requestOf(fields, prompt);
  const calls = await startCalls(v1, { model: called, task: "chat", prompt }, choicesOf(request, n));
  const { model } = calls;
  const id = `chatcmpl-${calls.ids[0]}`;
  const created = Math.floor(Date.now() / 1000);
  if (stream) {
    const includeUsage = fields.stream_options?.include_usage === true;
    const framer = chatFramer({ id, model, created, includeUsage });
    return streamAnswer(v1, calls, framer, { choices: n, includeUsage });
  }
  const answer = await wholeAnswer(calls, n);
  if (!answer) return;
  sendJson(v1.response, {
    id,
    object: "chat.completion",
    created,
    model,
    choices: answer.choices.map((choice, index) => ({
      index,
      message: messageOf(choice),
      logprobs: choice.logprobs ? { content: choice.logprobs, refusal: null } : null,
      finish_reason: choice.reason,
    })),
    usage: answer.usage,
  });
}
