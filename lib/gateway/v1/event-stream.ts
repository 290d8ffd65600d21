import "server-only";
import type { ServerResponse } from "node:http";
import { isBusy } from "../load";

const keepAliveMs = 15_000;
/** Under load tokens wait this long for each other: one write and one frame instead of many. */
const frameMs = 25;
/** A reader that takes nothing for this long is gone. */
const stuckMs = 60_000;
const mostBuffered = 64 * 1024;

/**
 * Server-sent events to one reader. What comes within one turn of the event loop is one write; a reader
 * slower than the model holds the model back.
 */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #onFlush: () => string;
  #buffer = "";
  #cancelFlush: (() => void) | undefined;
  #keepAlive: NodeJS.Timeout;

  /** @param onFlush gives what was held back for the next frame. */
  constructor(response: ServerResponse, onFlush: () => string) {
    this.#response = response;
    this.#onFlush = onFlush;
    this.#keepAlive = setInterval(() => this.#beat(), keepAliveMs);
    this.#keepAlive.unref();
  }

  get isOpen(): boolean {
    return this.#response.headersSent;
  }

  /** Sends status and headers, after which a failure can only be an event. */
  open(): void {
    if (this.#response.headersSent) return;
    this.#response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      // Tells reverse proxies not to collect the stream.
      "x-accel-buffering": "no",
    });
  }

  /** Adds frames, which go out soon; those that wait for the reader, at once. */
  add(frames: string, urgent = false): void {
    this.#buffer += frames;
    if (urgent || this.#buffer.length > mostBuffered) this.flush();
    else this.later();
  }

  /** Makes a flush happen soon: at the end of this turn or, under load, a little later. */
  later(): void {
    if (this.#cancelFlush) return;
    if (isBusy()) {
      const timer = setTimeout(this.flush, frameMs);
      this.#cancelFlush = () => clearTimeout(timer);
    } else {
      const immediate = setImmediate(this.flush);
      this.#cancelFlush = () => clearImmediate(immediate);
    }
  }

  readonly flush = (): void => {
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    const text = this.#buffer + this.#onFlush();
    this.#buffer = "";
    if (text === "" || this.#response.destroyed) return;
    this.open();
    this.#response.write(text);
    this.#keepAlive.refresh();
  };

  /** Resolves when the reader has taken enough for more to be read from the model. */
  async ready(): Promise<void> {
    const response = this.#response;
    if (!response.writableNeedDrain || response.destroyed) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        response.off("drain", done).off("close", done);
        resolve();
      };
      const timer = setTimeout(() => response.destroy(), stuckMs);
      response.on("drain", done).on("close", done);
    });
  }

  /** Sends the last frames. */
  end(frames: string): void {
    this.#buffer += this.#onFlush() + frames;
    this.close();
    if (this.#response.destroyed) return;
    this.open();
    this.#response.end(this.#buffer);
  }

  /** Forgets timers; for every way out. */
  close(): void {
    clearInterval(this.#keepAlive);
    this.#cancelFlush?.();
  }

  /** A comment keeps proxies from closing a connection on which a model still thinks. */
  #beat(): void {
    if (this.#response.destroyed || this.#response.writableNeedDrain) return;
    this.open();
    this.#response.write(": keep-alive\n\n");
  }
}
