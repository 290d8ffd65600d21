import { AppError } from "@/lib/core";
import type { ChatEvent, EngineInfo, FinishReason, TokenLogProbability } from "../schema";
import type { ChatModel } from "./chat-model";
import type { Detokenizer } from "./detokenizer";
import { engineFailure } from "./failure";
import { LogProbabilities } from "./log-probability";
import type { PreparedCall } from "./prepare";
import { Sampler } from "./sampler";
import { StopText } from "./stop-text";
import type { TokenConstraint } from "./token-constraint";
import { type Taken, ToolCallText } from "./tool-call-text";

/** Tokens before the end of the budget from which on every choice is checked for leaving enough of it. */
const nearTheEnd = 1024;

/** One answer in the making: takes logits, chooses tokens, gives out events in the port's order. */
export class Sequence {
  readonly model: ChatModel;
  /** Tokens of the prompt that need not be fed: an earlier prompt began like this one. */
  reused = 0;
  readonly #call: PreparedCall;
  readonly #emit: (event: ChatEvent) => void;
  readonly #sampler: Sampler;
  readonly #detokenizer: Detokenizer;
  readonly #stop: StopText;
  readonly #tools: ToolCallText | undefined;
  #toolCalls = 0;
  /** The answer had to be brought to its end: its token budget ran out. */
  #shortened = false;
  #last = 0;
  #generated = 0;
  /** Chosen tokens whose text is still held back. */
  #unseen = 0;
  #logprobs: TokenLogProbability[] = [];
  #done = false;

  constructor(model: ChatModel, call: PreparedCall, engine: EngineInfo, emit: (event: ChatEvent) => void) {
    this.model = model;
    this.#call = call;
    this.#emit = emit;
    this.#sampler = new Sampler(call.sampling, call.prompt);
    this.#detokenizer = model.tokenizer.detokenizer();
    this.#stop = new StopText(call.stops);
    this.#tools = call.toolStyle && new ToolCallText(call.toolStyle);
    emit({ type: "start", engine });
  }

  get prompt(): readonly number[] {
    return this.#call.prompt;
  }

  /** The token chosen last. */
  get last(): number {
    return this.#last;
  }

  get done(): boolean {
    return this.#done;
  }

  /** Takes the logits behind the last token fed, and changes them. */
  absorb(logits: Float32Array): void {
    // An abort may have come in during the run.
    if (this.#done) return;
    const { constraint, logprobs } = this.#call;
    const before = logprobs === undefined ? undefined : new LogProbabilities(logits);
    const token = constraint ? this.#chooseWithin(constraint, logits) : this.#sampler.choose(logits);
    this.#sampler.note(token);
    if (this.model.config.endTokens.has(token)) {
      this.#finish("stop");
      return;
    }
    constraint?.push(token);
    if (before) this.#logprobs.push(before.describe(token, logprobs ?? 0, this.model.tokenizer));
    this.#take(token);
  }

  abort(): void {
    if (!this.#done) this.#finish("aborted");
  }

  fail(error: unknown): void {
    if (this.#done) return;
    this.#close();
    this.#emit(engineFailure(error));
  }

  /** A token that the constraint allows, and behind which the rest of the budget still suffices for an end. */
  #chooseWithin(constraint: TokenConstraint, logits: Float32Array): number {
    const left = this.#call.maxTokens - this.#generated - 1;
    const isNear = left <= constraint.minimumBytesToEnd + nearTheEnd;
    const untouched = isNear ? logits.slice() : undefined;
    constraint.mask(logits);
    const token = this.#sampler.choose(logits);
    if (!untouched || this.model.config.endTokens.has(token) || constraint.minimumAfter(token) <= left)
      return token;
    this.#shortened = true;
    constraint.maskToEnd(untouched);
    return this.#sampler.choose(untouched);
  }

  #take(token: number): void {
    const { constraint, maxTokens } = this.#call;
    this.#last = token;
    this.#generated++;
    this.#unseen++;
    const { text, stopped } = this.#stop.push(this.#detokenizer.push(token));
    this.#pass(text);
    if (stopped || constraint?.mustEnd) this.#finish("stop");
    else if (this.#generated >= maxTokens) this.#finish("length");
  }

  /** Shows text, or what is left of it when tool calls are taken out. */
  #pass(text: string): void {
    if (this.#tools) this.#deliver(this.#tools.push(text));
    else this.#show(text);
  }

  #deliver({ text, calls }: Taken): void {
    this.#show(text);
    for (const { name, arguments: written } of calls) {
      const index = this.#toolCalls++;
      this.#emit({ type: "tool_call", index, id: newCallId(), name, arguments: written });
    }
  }

  #show(text: string): void {
    if (text === "") return;
    this.#emit({ type: "delta", text, tokens: this.#unseen, ...this.#takeLogprobs() });
    this.#unseen = 0;
  }

  #takeLogprobs(): { logprobs?: TokenLogProbability[] } {
    if (this.#call.logprobs === undefined) return {};
    const logprobs = this.#logprobs;
    this.#logprobs = [];
    return { logprobs };
  }

  #finish(ended: FinishReason): void {
    this.#pass(this.#stop.flush());
    if (this.#tools) this.#deliver(this.#tools.flush());
    const { constraint } = this.#call;
    const reason = ended === "stop" ? this.#stopReason() : ended;
    if (constraint && reason !== "aborted" && !constraint.canEnd) {
      const why = reason === "length" ? `max_tokens (${this.#call.maxTokens})` : "a stop sequence";
      this.fail(
        new AppError("unprocessable", `The answer reached ${why} before its response format was complete.`, {
          param: "response_format",
        }),
      );
      return;
    }
    this.#close();
    this.#emit({ type: "finish", reason });
  }

  #stopReason(): FinishReason {
    if (this.#shortened) return "length";
    return this.#toolCalls > 0 ? "tool_calls" : "stop";
  }

  #close(): void {
    this.#done = true;
    this.#emit({
      type: "usage",
      inputTokens: this.#call.prompt.length,
      outputTokens: this.#generated,
      reported: true,
      cachedTokens: this.reused,
    });
  }
}

/** As OpenAI's look, and unguessable enough to be told apart across answers. */
function newCallId(): string {
  return `call_${crypto.randomUUID().replaceAll("-", "").slice(0, 24)}`;
}
