import type { ChatModel } from "./chat-model";
import type { Decoder, DecoderRow } from "./decoder";
import type { Sequence } from "./sequence";

/** Tokens of a prompt that are fed at once while others wait for their next token, and while none does. */
const chunks = { shared: 64, alone: 512 };

interface Running {
  sequence: Sequence;
  row: DecoderRow;
}

/** The sequences of one model: those whose prompt is being fed, one chunk of one of them a turn, and those that decode, all in one step. */
class Lane {
  readonly #decoder: Decoder;
  #feeding: Running[] = [];
  #decoding: Running[] = [];

  constructor(decoder: Decoder) {
    this.#decoder = decoder;
  }

  get idle(): boolean {
    return this.#feeding.length === 0 && this.#decoding.length === 0;
  }

  add(sequence: Sequence): void {
    this.#feeding.push({ sequence, row: this.#decoder.open(sequence.prompt) });
    sequence.reused = this.#feeding.at(-1)?.row.length ?? 0;
  }

  /** One token for each that decodes, then a chunk of one prompt. */
  async turn(): Promise<void> {
    this.#sweep();
    await this.#decode();
    await this.#feed();
    this.#sweep();
  }

  /** Ends all of them: what a failed run leaves of them is not known. */
  fail(error: unknown): void {
    for (const { sequence } of [...this.#feeding, ...this.#decoding]) sequence.fail(error);
    this.#sweep();
  }

  async #decode(): Promise<void> {
    const running = this.#decoding;
    if (running.length === 0) return;
    const logits = await this.#decoder.decode(
      running.map(({ row }) => row),
      running.map(({ sequence }) => sequence.last),
    );
    for (const [i, { sequence }] of running.entries()) absorb(sequence, logits[i]);
  }

  /** Prompts take turns, so that a short one behind a long one is soon through. */
  async #feed(): Promise<void> {
    const next = this.#feeding.shift();
    if (!next) return;
    const { sequence, row } = next;
    const most = this.#decoding.length + this.#feeding.length > 0 ? chunks.shared : chunks.alone;
    const chunk = sequence.prompt.slice(row.length, row.length + most);
    let logits: Float32Array | undefined;
    try {
      logits = await this.#decoder.prefill(row, chunk);
    } finally {
      // Before anything else can end it: a sequence in neither list would keep its row for ever.
      if (row.length >= sequence.prompt.length) this.#decoding.push(next);
      else this.#feeding.push(next);
    }
    if (row.length >= sequence.prompt.length) absorb(sequence, logits);
  }

  #sweep(): void {
    const stays = ({ sequence, row }: Running) => {
      if (sequence.done) this.#decoder.close(row);
      return !sequence.done;
    };
    this.#feeding = this.#feeding.filter(stays);
    this.#decoding = this.#decoding.filter(stays);
  }
}

/** A sequence that cannot go on by its own fault does not harm those beside it. */
function absorb(sequence: Sequence, logits: Float32Array | undefined): void {
  try {
    if (logits) sequence.absorb(logits);
  } catch (error) {
    sequence.fail(error);
  }
}

/**
 * Continuous batching: sequences join while others decode and leave when they end; models take turns.
 */
export class Scheduler {
  readonly #lanes = new Map<ChatModel, Lane>();
  #awake = false;
  readonly #breathe: () => Promise<void>;
  readonly #onError: (error: unknown, model: ChatModel) => void;

  /**
   * `breathe` lets messages in between two runs: without it a runtime that answers in microtasks would keep
   * an abort out until the answer is complete.
   */
  constructor(breathe: () => Promise<void>, onError: (error: unknown, model: ChatModel) => void) {
    this.#breathe = breathe;
    this.#onError = onError;
  }

  add(sequence: Sequence): void {
    const { model } = sequence;
    const lane = this.#lanes.get(model) ?? new Lane(model.decoder);
    this.#lanes.set(model, lane);
    lane.add(sequence);
    if (this.#awake) return;
    this.#awake = true;
    void this.#run();
  }

  /** Whether sequences of this model run. */
  isBusy(model: ChatModel): boolean {
    return this.#lanes.has(model);
  }

  async #run(): Promise<void> {
    while (this.#lanes.size > 0) {
      for (const [model, lane] of [...this.#lanes]) {
        try {
          await lane.turn();
        } catch (error) {
          this.#onError(error, model);
          lane.fail(error);
        }
        if (lane.idle) this.#lanes.delete(model);
        await this.#breathe();
      }
    }
    this.#awake = false;
  }
}
