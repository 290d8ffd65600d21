import type { EmbeddingModel } from "./embedding-model";
import type { EmbeddingTask, WaitingText } from "./embedding-task";

/** The calls of one model. */
class Lane {
  readonly #model: EmbeddingModel;
  #tasks: EmbeddingTask[] = [];
  /** The turn in which each caller that waits came or was served last. */
  readonly #callers = new Map<string, number>();
  #turn = 0;

  constructor(model: EmbeddingModel) {
    this.#model = model;
  }

  get idle(): boolean {
    return this.#tasks.length === 0;
  }

  /** Behind all who wait: a stream of newcomers must not keep the others out. */
  add(task: EmbeddingTask): void {
    task.servedIn = this.#turn;
    if (!this.#callers.has(task.caller)) this.#callers.set(task.caller, this.#turn);
    this.#tasks.push(task);
  }

  /** One run, over texts of all calls. */
  async turn(): Promise<void> {
    const batch = this.#batch();
    try {
      if (batch.length === 0) return;
      const vectors = await this.#model.graph.encode(batch.map(({ tokens }) => tokens));
      for (const [i, { task, index }] of batch.entries()) task.accept(index, vectors[i]);
    } finally {
      this.#sweep();
    }
  }

  /** Ends all of them: a graph that failed may do so again. */
  fail(error: unknown): void {
    for (const task of this.#tasks) task.fail(error);
    this.#sweep();
  }

  /**
   * The longest text of the call whose turn it is, and others that are hardly shorter: those of the calls that are
   * nearest to their end first.
   */
  #batch(): WaitingText[] {
    this.#sweep();
    const task = this.#next();
    const first = task?.takeLongest();
    if (!task || !first) return [];
    task.servedIn = ++this.#turn;
    this.#callers.set(task.caller, this.#turn);
    const { length } = first.tokens;
    const { rows, tokens, padding } = this.#model.limits;
    const room = Math.min(rows, Math.floor(tokens / length));
    const batch = [first];
    for (const other of this.#tasks.toSorted((a, b) => a.waiting - b.waiting)) {
      if (batch.length >= room) break;
      batch.push(...other.take(length - padding, length, room - batch.length));
    }
    return batch;
  }

  /** Callers take turns, and the calls of a caller do. */
  #next(): EmbeddingTask | undefined {
    const served = ({ caller }: EmbeddingTask) => this.#callers.get(caller) ?? 0;
    let best: EmbeddingTask | undefined;
    for (const task of this.#tasks) {
      if (task.waiting === 0) continue;
      if (!best || (served(task) - served(best) || task.servedIn - best.servedIn) < 0) best = task;
    }
    return best;
  }

  #sweep(): void {
    this.#tasks = this.#tasks.filter((task) => !task.done);
    const present = new Set(this.#tasks.map(({ caller }) => caller));
    for (const caller of this.#callers.keys()) if (!present.has(caller)) this.#callers.delete(caller);
  }
}

/** Texts of all calls share runs, so that one of a single text does not wait for one of thousands; models take turns. */
export class EmbeddingScheduler {
  readonly #lanes = new Map<EmbeddingModel, Lane>();
  #awake = false;
  readonly #breathe: () => Promise<void>;
  readonly #onError: (error: unknown, model: EmbeddingModel) => void;

  /** `breathe` lets messages in between two runs. */
  constructor(breathe: () => Promise<void>, onError: (error: unknown, model: EmbeddingModel) => void) {
    this.#breathe = breathe;
    this.#onError = onError;
  }

  add(task: EmbeddingTask): void {
    const lane = this.#lanes.get(task.model) ?? new Lane(task.model);
    this.#lanes.set(task.model, lane);
    lane.add(task);
    if (this.#awake) return;
    this.#awake = true;
    void this.#run();
  }

  async #run(): Promise<void> {
    while (this.#lanes.size > 0) {
      for (const [model, lane] of [...this.#lanes]) {
        // Calls that come together share the first run already.
        await this.#breathe();
        try {
          await lane.turn();
        } catch (error) {
          this.#onError(error, model);
          lane.fail(error);
        }
        if (lane.idle) this.#lanes.delete(model);
      }
    }
    this.#awake = false;
  }
}
