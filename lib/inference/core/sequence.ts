import type { ChatEvent, EngineInfo, FinishReason } from "../schema";
import type { ChatModel } from "./chat-model";
import type { Detokenizer } from "./detokenizer";
import { engineFailure } from "./failure";
import type { Cache } from "./graph";
import type { PreparedCall } from "./prepare";
import { Sampler } from "./sampler";
import { StopText } from "./stop-text";

/** One answer in the making: takes logits, chooses tokens, gives out events in the port's order. */
export class Sequence {
  readonly model: ChatModel;
  /** Tokens to feed next: the prompt at first, then the last one chosen. */
  pending: readonly number[];
  #cache: Cache | undefined;
  readonly #call: PreparedCall;
  readonly #emit: (event: ChatEvent) => void;
  readonly #sampler: Sampler;
  readonly #detokenizer: Detokenizer;
  readonly #stop: StopText;
  #generated = 0;
  /** Chosen tokens whose text is still held back. */
  #unseen = 0;
  #done = false;

  constructor(model: ChatModel, call: PreparedCall, engine: EngineInfo, emit: (event: ChatEvent) => void) {
    this.model = model;
    this.pending = call.prompt;
    this.#cache = model.graph.emptyCache();
    this.#call = call;
    this.#emit = emit;
    this.#sampler = new Sampler(call.sampling, call.prompt);
    this.#detokenizer = model.tokenizer.detokenizer();
    this.#stop = new StopText(call.stops);
    emit({ type: "start", engine });
  }

  get done(): boolean {
    return this.#done;
  }

  /** Hands the cache over to a run, which uses it up. */
  takeCache(): Cache {
    const cache = this.#cache ?? this.model.graph.emptyCache();
    this.#cache = undefined;
    return cache;
  }

  /** Takes what a run over `pending` gave; the logits are changed. */
  absorb(logits: Float32Array, cache: Cache): void {
    // An abort may have come in during the run.
    if (this.#done) this.model.graph.drop(cache);
    else {
      this.#cache = cache;
      this.#take(this.#sampler.next(logits));
    }
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
    if (this.model.config.endTokens.has(token)) {
      this.#finish("stop");
      return;
    }
    this.#generated++;
    this.#unseen++;
    this.pending = [token];
    const { text, stopped } = this.#stop.push(this.#detokenizer.push(token));
    this.#show(text);
    if (stopped) this.#finish("stop");
    else if (this.#generated >= this.#call.maxTokens) this.#finish("length");
  }

  #show(text: string): void {
    if (text === "") return;
    this.#emit({ type: "delta", text, tokens: this.#unseen });
    this.#unseen = 0;
  }

  #finish(reason: FinishReason): void {
    this.#show(this.#stop.flush());
    this.#close();
    this.#emit({ type: "finish", reason });
  }

  #close(): void {
    this.#done = true;
    if (this.#cache) this.model.graph.drop(this.#cache);
    this.#cache = undefined;
    this.#emit({
      type: "usage",
      inputTokens: this.#call.prompt.length,
      outputTokens: this.#generated,
      reported: true,
    });
  }
}
