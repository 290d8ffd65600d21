import "server-only";
import { AppError } from "@/lib/core";
import { type ChatEvent, type FinishReason, type TokenLogProbability, tokenLogProbability } from "../schema";

/** Most text one answer may hold, in characters. */
const longestAnswer = 8 * 1024 * 1024;
const mostToolCalls = 128;

const reasons: Record<string, FinishReason> = {
  stop: "stop",
  length: "length",
  tool_calls: "tool_calls",
  function_call: "tool_calls",
  content_filter: "content_filter",
};

/** A property of anything; undefined where there is none. Upstreams are not trusted to keep to a shape. */
export function field(value: unknown, name: string | number): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string | number, unknown>)[name]
    : undefined;
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);

function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part) => textOf(field(part, "text")) ?? "").join("");
}

function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** Turns the upstream's chunks, or its one whole answer, into the port's events. */
export class AnswerReader {
  finish: FinishReason | undefined;
  hasChoice = false;
  #usage: { inputTokens: number; outputTokens: number; cachedTokens?: number } | undefined;
  #length = 0;

  /** The events of one chunk. @throws AppError `upstream` when the upstream reports a failure inside its stream. */
  take(chunk: unknown): ChatEvent[] {
    const failure = field(chunk, "error");
    if (failure) throw new InStreamError(failure);
    this.#noteUsage(field(chunk, "usage"));
    const choices = field(chunk, "choices");
    if (!Array.isArray(choices)) return [];
    const events: ChatEvent[] = [];
    for (const choice of choices) {
      if ((field(choice, "index") ?? 0) === 0) this.#takeChoice(choice, events);
    }
    return events;
  }

  /** The upstream's count, or an estimate of four characters a token where it gave none. */
  usage(promptCharacters: number): ChatEvent {
    if (this.#usage) return { type: "usage", ...this.#usage, reported: true };
    const tokens = (characters: number) => Math.ceil(characters / 4);
    return {
      type: "usage",
      inputTokens: tokens(promptCharacters),
      outputTokens: tokens(this.#length),
      reported: false,
    };
  }

  #takeChoice(choice: unknown, events: ChatEvent[]): void {
    this.hasChoice = true;
    const message = field(choice, "delta") ?? field(choice, "message");
    const text = contentText(field(message, "content")) || (textOf(field(message, "refusal")) ?? "");
    if (text) {
      this.#grow(text.length);
      const logprobs = logprobsOf(choice);
      events.push({ type: "delta", text, tokens: 0, ...(logprobs ? { logprobs } : {}) });
    }
    const calls = field(message, "tool_calls");
    if (Array.isArray(calls)) {
      for (const [position, call] of calls.entries()) events.push(this.#toolCall(call, position));
    }
    const reason = textOf(field(choice, "finish_reason"));
    if (reason) this.finish = reasons[reason] ?? "stop";
  }

  #toolCall(call: unknown, position: number): ChatEvent {
    const index = count(field(call, "index")) ?? position;
    if (index >= mostToolCalls) throw new AppError("upstream", "The upstream sent too many tool calls.");
    const fn = field(call, "function");
    const args = field(fn, "arguments");
    // Some servers send the arguments as an object instead of its text.
    const text = typeof args === "object" && args !== null ? JSON.stringify(args) : (textOf(args) ?? "");
    this.#grow(text.length);
    const id = textOf(field(call, "id"));
    const name = textOf(field(fn, "name"));
    return { type: "tool_call", index, ...(id ? { id } : {}), ...(name ? { name } : {}), arguments: text };
  }

  #noteUsage(usage: unknown): void {
    const inputTokens = count(field(usage, "prompt_tokens"));
    const outputTokens = count(field(usage, "completion_tokens"));
    if (inputTokens === undefined || outputTokens === undefined) return;
    const cachedTokens = count(field(field(usage, "prompt_tokens_details"), "cached_tokens"));
    this.#usage = { inputTokens, outputTokens, ...(cachedTokens === undefined ? {} : { cachedTokens }) };
  }

  #grow(characters: number): void {
    this.#length += characters;
    if (this.#length > longestAnswer) throw new AppError("upstream", "The upstream's answer does not end.");
  }
}

/** Nothing where they are not in OpenAI's shape. */
function logprobsOf(choice: unknown): TokenLogProbability[] | undefined {
  const content = field(field(choice, "logprobs"), "content");
  const parsed = Array.isArray(content) ? tokenLogProbability.array().safeParse(content) : undefined;
  return parsed?.data;
}

/** An `error` object in a stream that began with status 200. */
export class InStreamError extends Error {
  readonly body: unknown;
  constructor(body: unknown) {
    super("The upstream reported a failure in its stream.");
    this.body = body;
  }
}
