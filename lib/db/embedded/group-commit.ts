import "server-only";

/** A flush is put off at most this long while other writers are still at work. */
const MAX_WAIT_MS = 5;

interface Waiting {
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Acknowledges many independent commits with one flush of the log: each runs with synchronous_commit off
 * and is reported only after a flush that began when it had already committed.
 */
export class GroupCommit {
  readonly #flush: () => Promise<unknown>;
  #waiting: Waiting[] = [];
  #active = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(flush: () => Promise<unknown>) {
    this.#flush = flush;
  }

  async run<T>(commit: () => Promise<T>): Promise<T> {
    this.#active += 1;
    let result: T;
    try {
      result = await commit();
    } finally {
      this.#active -= 1;
      if (this.#active === 0 && this.#waiting.length > 0) this.#flushNow();
    }
    await this.#flushed();
    return result;
  }

  #flushed(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (this.#active === 0) this.#flushNow();
      else this.#timer ??= setTimeout(() => this.#flushNow(), MAX_WAIT_MS);
    });
  }

  #flushNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const group = this.#waiting;
    this.#waiting = [];
    this.#flush().then(
      () => {
        for (const waiting of group) waiting.resolve();
      },
      (error: unknown) => {
        for (const waiting of group) waiting.reject(error);
      },
    );
  }
}
