import type { ChatEvent } from "../schema";

type Delta = Extract<ChatEvent, { type: "delta" }>;

/** Two pieces of one answer as one. */
export function joinDeltas(a: Delta, b: Delta): Delta {
  const logprobs = a.logprobs || b.logprobs ? [...(a.logprobs ?? []), ...(b.logprobs ?? [])] : undefined;
  return { type: "delta", text: a.text + b.text, tokens: a.tokens + b.tokens, ...(logprobs && { logprobs }) };
}

/**
 * Events from a pusher to one reader. Text that the reader has not taken yet is joined to one delta, so a slow
 * reader costs no more than the answer itself.
 */
export class EventStream implements AsyncIterable<ChatEvent> {
  #events: ChatEvent[] = [];
  #wake: (() => void) | undefined;

  push(event: ChatEvent): void {
    const last = this.#events[this.#events.length - 1];
    if (event.type === "delta" && last?.type === "delta") {
      this.#events[this.#events.length - 1] = joinDeltas(last, event);
    } else {
      this.#events.push(event);
    }
    this.#wake?.();
    this.#wake = undefined;
  }

  /** Ends after `finish` or `error`. */
  async *[Symbol.asyncIterator](): AsyncGenerator<ChatEvent> {
    for (;;) {
      const events = this.#events;
      this.#events = [];
      for (const event of events) {
        yield event;
        if (event.type === "finish" || event.type === "error") return;
      }
      if (this.#events.length > 0) continue;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
