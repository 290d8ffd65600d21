import { AppError } from "@/lib/core";
import type { ChatCall, ChatMessage, ChatParameters } from "../schema";
import type { AnswerFormats } from "./answer-format";
import type { ModelConfig } from "./model-config";
import type { Sampling } from "./sampler";
import type { TokenConstraint } from "./token-constraint";
import type { TemplateMessage, Tokenizer } from "./tokenizer";
import type { ToolStyle } from "./tool-style";

type ToolCall = NonNullable<ChatMessage["tool_calls"]>[number];

/** A call made ready to run: everything decided, nothing left to refuse. */
export interface PreparedCall {
  prompt: number[];
  sampling: Sampling;
  stops: readonly string[];
  /** Most tokens to generate, the rest of the context included. */
  maxTokens: number;
  constraint?: TokenConstraint;
  /** Tools may be called, in this way of writing. */
  toolStyle?: ToolStyle;
  /** Log-probabilities are wanted, with this many alternatives. */
  logprobs?: number;
}

/** @throws AppError `invalid` for what this model cannot do or hold. */
export function prepareCall(
  call: ChatCall,
  tokenizer: Tokenizer,
  config: ModelConfig,
  formats: AnswerFormats,
): PreparedCall {
  const messages = call.messages.map((message) => templateMessage(call.model, message));
  requirePlausibleLength(call.model, messages, tokenizer, config);
  const format = formats.of(call);
  const begun = begunAnswer(messages);
  const asked = begun === undefined ? messages : messages.slice(0, -1);
  const prompt = tokenizer.prompt(call.model, asked, format.toolStyle && call.tools);
  if (begun !== undefined) {
    const written = tokenizer.encodePlain(begun);
    prompt.push(...written);
    if (format.constraint) goOnFrom(format.constraint, written, config.vocabulary);
  }
  if (prompt.some((token) => token >= config.vocabulary)) {
    throw new AppError("invalid", `The messages hold a token that ${call.model} does not know.`, {
      param: "messages",
    });
  }
  const room = config.context - prompt.length;
  if (room < 1) {
    throw new AppError(
      "invalid",
      `The prompt has ${prompt.length} tokens; ${call.model} holds ${config.context} with the answer, so at most ${config.context - 1} fit.`,
      { param: "messages" },
    );
  }
  const { max_tokens, stop = [] } = call.parameters;
  return {
    prompt,
    sampling: samplingOf(call.parameters, config),
    stops: stop,
    maxTokens: Math.min(room, max_tokens ?? config.defaults.maxTokens ?? room),
    logprobs: call.logprobs,
    ...format,
  };
}

/** The words of an assistant's message at the end: the answer goes on from them. */
function begunAnswer(messages: TemplateMessage[]): string | undefined {
  const last = messages.at(-1);
  const isBegun = last?.role === "assistant" && last.content !== "" && !last.tool_calls;
  return isBegun ? last.content : undefined;
}

/** Brings a constraint behind tokens that are already written. @throws AppError `invalid` when it forbids them. */
function goOnFrom(constraint: TokenConstraint, tokens: readonly number[], vocabulary: number): void {
  const logits = new Float32Array(vocabulary);
  for (const token of tokens) {
    constraint.mask(logits.fill(0));
    if (logits[token] === Number.NEGATIVE_INFINITY) {
      throw new AppError("invalid", "The beginning of the answer does not fit the format asked for.", {
        param: "messages",
      });
    }
    constraint.push(token);
  }
}

function templateMessage(model: string, message: ChatMessage): TemplateMessage {
  const { role, name, tool_calls, tool_call_id } = message;
  return {
    role: role === "developer" ? "system" : role,
    content: textOf(model, message),
    ...(name === undefined ? {} : { name }),
    ...(tool_calls?.length ? { tool_calls: tool_calls.map(templateCall) } : {}),
    ...(tool_call_id === undefined ? {} : { tool_call_id }),
  };
}

/** Templates write the arguments as JSON themselves. */
function templateCall({ function: { name, arguments: written } }: ToolCall) {
  let parsed: unknown = written;
  try {
    parsed = JSON.parse(written);
  } catch {
    // A caller may send back what a model wrote wrongly: then it stays text.
  }
  return { type: "function" as const, function: { name, arguments: parsed } };
}

function textOf(model: string, { content }: ChatMessage): string {
  if (!Array.isArray(content)) return content ?? "";
  return content
    .map((part) => {
      if (part.type === "text") return part.text;
      throw new AppError("invalid", `${model} reads text only, not images.`, { param: "messages" });
    })
    .join("\n");
}

/** Refuses by counting characters what would take seconds to tokenise and could never fit. */
function requirePlausibleLength(
  model: string,
  messages: TemplateMessage[],
  tokenizer: Tokenizer,
  config: ModelConfig,
): void {
  const characters = messages.reduce(
    (sum, { content, tool_calls }) =>
      sum + content.length + (tool_calls ? JSON.stringify(tool_calls).length : 0),
    0,
  );
  const most = config.context * Math.max(64, tokenizer.longestToken);
  if (characters <= most) return;
  throw new AppError(
    "invalid",
    `The messages have ${characters} characters; the ${config.context} tokens that ${model} holds stand for at most ${most}.`,
    { param: "messages" },
  );
}

/** An absent temperature samples only where the model's own configuration does. */
function samplingOf(parameters: ChatParameters, { defaults }: ModelConfig): Sampling {
  return {
    temperature: parameters.temperature ?? defaults.temperature,
    topK: parameters.top_k ?? defaults.topK,
    topP: parameters.top_p ?? defaults.topP,
    minP: parameters.min_p ?? defaults.minP,
    presencePenalty: parameters.presence_penalty ?? 0,
    frequencyPenalty: parameters.frequency_penalty ?? 0,
    repetitionPenalty: defaults.repetitionPenalty,
    seed: parameters.seed,
  };
}
