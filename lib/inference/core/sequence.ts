import { AppError } from "@/lib/core";
import type { ChatEvent, EngineInfo, FinishReason, TokenLogProbability } from "../schema";
import type { ChatModel } from "./chat-model";
import type { Detokenizer } from "./detokenizer";
import { engineFailure } from "./failure";
import { LogProbabilities } from "./log-probability";
import type { PreparedCall } from "./prepare";
import { Sampler } from "./sampler";
import { StopText } from "./stop-text";

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
    constraint?.mask(logits);
    const token = this.#sampler.next(logits);
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

  #take(token: number): void {
    const { constraint, maxTokens } = this.#call;
    this.#last = token;
    this.#generated++;
    this.#unseen++;
    const { text, stopped } = this.#stop.push(this.#detokenizer.push(token));
    this.#show(text);
    if (stopped || constraint?.mustEnd) this.#finish("stop");
    else if (this.#generated >= maxTokens) this.#finish("length");
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

  #finish(reason: FinishReason): void {
    this.#show(this.#stop.flush());
    const { constraint } = this.#call;
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
