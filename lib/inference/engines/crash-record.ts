import { AppError } from "@/lib/core";

interface Crashes {
  inARow: number;
  failedUntil: number;
  reason: string;
}

/** Remembers which models keep ending their worker, so that one of them cannot make it restart for ever. */
export class CrashRecord {
  readonly #models = new Map<string, Crashes>();
  readonly #maxRestarts: number;
  readonly #cooldownMs: number;

  constructor(maxRestarts: number, cooldownMs: number) {
    this.#maxRestarts = maxRestarts;
    this.#cooldownMs = cooldownMs;
  }

  /** The model answered: what happened before counts no more. */
  clear(model: string): void {
    this.#models.delete(model);
  }

  /** Counts a worker that ended under this model. True when it was one too many. */
  count(model: string, reason: string): boolean {
    const inARow = (this.#models.get(model)?.inARow ?? 0) + 1;
    const tooMany = inARow > this.#maxRestarts;
    this.#models.set(model, {
      // Asked again after the pause, it gets one more try.
      inARow: tooMany ? this.#maxRestarts : inARow,
      failedUntil: tooMany ? performance.now() + this.#cooldownMs : 0,
      reason,
    });
    return tooMany;
  }

  /** Why the model is refused now, if it is. */
  refusal(model: string): AppError | undefined {
    const crashes = this.#models.get(model);
    const seconds = Math.ceil(((crashes?.failedUntil ?? 0) - performance.now()) / 1000);
    if (!crashes || seconds <= 0) return undefined;
    return new AppError(
      "unavailable",
      `${model} ended its worker ${this.#maxRestarts + 1} times in a row (${crashes.reason}). It may be asked again in ${seconds} s.`,
      { retryAfter: seconds },
    );
  }
}
