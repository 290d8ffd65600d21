import { AppError } from "@/lib/core";
import type { EmbeddingModel } from "./embedding-model";
import { normalise } from "./pooling";

/** A text that waits for its vector. */
export interface WaitingText {
  task: EmbeddingTask;
  index: number;
  tokens: number[];
}

type Outcome = { vectors: Float32Array } | { error: unknown };

/** The texts of one call. */
export class EmbeddingTask {
  readonly model: EmbeddingModel;
  readonly caller: string;
  /** The turn in which it came or was served last. */
  servedIn = 0;
  readonly #settle: (outcome: Outcome) => void;
  /** Vectors one behind the other. */
  readonly #vectors: Float32Array;
  readonly #dimensions: number;
  /** The longest last. */
  #waiting: WaitingText[];
  #missing: number;
  #done = false;

  /** `dimensions`: cut to the first ones and brought to unit length again. */
  constructor(
    model: EmbeddingModel,
    texts: readonly number[][],
    options: { caller?: string; dimensions?: number },
    settle: (outcome: Outcome) => void,
  ) {
    this.model = model;
    this.caller = options.caller ?? "";
    this.#settle = settle;
    this.#dimensions = options.dimensions ?? model.dimensions;
    this.#vectors = new Float32Array(texts.length * this.#dimensions);
    this.#missing = texts.length;
    this.#waiting = texts
      .map((tokens, index) => ({ task: this, index, tokens }))
      .sort((a, b) => a.tokens.length - b.tokens.length);
  }

  /** Settled, or dropped: nothing of it is to be computed any more. */
  get done(): boolean {
    return this.#done;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Takes its longest waiting text. */
  takeLongest(): WaitingText | undefined {
    return this.#waiting.pop();
  }

  /** Takes up to `count` waiting texts of these lengths, the longest first. */
  take(from: number, to: number, count: number): WaitingText[] {
    const behind = this.#firstAbove(to);
    const first = Math.max(this.#firstAbove(from - 1), behind - count);
    return this.#waiting.splice(first, behind - first).reverse();
  }

  accept(index: number, vector: Float32Array | undefined): void {
    if (this.#done) return;
    const cut = vector?.subarray(0, this.#dimensions);
    if (!cut || cut.length !== this.#dimensions || !normalise(cut)) {
      const why = `${this.model.name} has no vector for input ${index}: its numbers are not finite.`;
      this.fail(new AppError("unprocessable", why, { param: "input" }));
      return;
    }
    this.#vectors.set(cut, index * this.#dimensions);
    if (--this.#missing === 0) this.#end({ vectors: this.#vectors });
  }

  /** Ends it with what went wrong, or because nobody wants it any more. */
  fail(error: unknown): void {
    if (!this.#done) this.#end({ error });
  }

  #end(outcome: Outcome): void {
    this.#done = true;
    this.#waiting = [];
    this.#settle(outcome);
  }

  #firstAbove(length: number): number {
    let [low, high] = [0, this.#waiting.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#waiting[middle]?.tokens.length ?? 0) > length) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
