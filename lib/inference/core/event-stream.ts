import type { ChatEvent } from "../schema";

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
      const joined = {
        type: "delta",
        text: last.text + event.text,
        tokens: last.tokens + event.tokens,
      } as const;
      this.#events[this.#events.length - 1] = joined;
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
