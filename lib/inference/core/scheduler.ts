import type { Sequence } from "./sequence";

/** Runs the sequences given to it, one token each in turn, so that none waits for another to end. */
export class Scheduler {
  #running: Sequence[] = [];
  #awake = false;
  readonly #breathe: () => Promise<void>;
  readonly #onError: (error: unknown, sequence: Sequence) => void;

  /**
   * `breathe` lets messages in between two runs: without it a runtime that answers in microtasks would keep
   * an abort out until the answer is complete.
   */
  constructor(breathe: () => Promise<void>, onError: (error: unknown, sequence: Sequence) => void) {
    this.#breathe = breathe;
    this.#onError = onError;
  }

  add(sequence: Sequence): void {
    this.#running.push(sequence);
    if (this.#awake) return;
    this.#awake = true;
    void this.#run();
  }

  async #run(): Promise<void> {
    while (this.#running.length > 0) {
      for (const sequence of [...this.#running]) {
        if (!sequence.done) await this.#advance(sequence);
        await this.#breathe();
      }
      this.#running = this.#running.filter((sequence) => !sequence.done);
    }
    this.#awake = false;
  }

  async #advance(sequence: Sequence): Promise<void> {
    const { graph } = sequence.model;
    try {
      const { logits, cache } = await graph.forward(sequence.pending, sequence.takeCache());
      sequence.absorb(logits, cache);
    } catch (error) {
      this.#onError(error, sequence);
      sequence.fail(error);
    }
  }
}
