import "server-only";
import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import { AppError } from "@/lib/core";

/** Unread bytes at which the upstream's socket is paused, and at which it flows again. */
const highWater = 256 * 1024;
const lowWater = 64 * 1024;
const releaseMs = 1_000;

const unread = () => new AppError("client_closed", "The answer was not read to its end.");

export interface UpstreamRequest {
  origin: string;
  path: string;
  method: "GET" | "POST";
  headers: Record<string, string>;
  body?: string;
}

export interface ResponseHead {
  status: number;
  headers: IncomingHttpHeaders;
}

/**
 * One HTTP exchange with an upstream over undici's lowest interface: what is read waits in a bounded
 * queue, the socket pauses behind a slow reader, and an abort destroys the socket at once.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined;
  #head: ResponseHead | undefined;
  #chunks: Buffer[] = [];
  #queued = 0;
  #received = 0;
  #ended = false;
  #released = false;
  #failure: unknown;
  #waiter: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #signal: AbortSignal;
  readonly #maxBytes: number;

  constructor(dispatcher: Dispatcher, request: UpstreamRequest, signal: AbortSignal, maxBytes: number) {
    this.#signal = signal;
    this.#maxBytes = maxBytes;
    if (signal.aborted) {
      this.#fail(signal.reason);
      return;
    }
    signal.addEventListener("abort", this.#onAbort);
    try {
      // Our own timers measure in milliseconds and say what was waited for; undici's are off.
      dispatcher.dispatch({ ...request, headersTimeout: 0, bodyTimeout: 0 }, this);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Waits for status and headers. @throws AppError `timeout` saying `late`. */
  async head(timeoutMs: number, late: string): Promise<ResponseHead> {
    await this.#until(() => this.#head !== undefined, timeoutMs, late);
    if (!this.#head) throw new AppError("upstream", "The upstream closed the connection without an answer.");
    return this.#head;
  }

  /** The next bytes of the body, or undefined at its end. @throws AppError `timeout` saying `late`. */
  async read(timeoutMs: number, late: string): Promise<Buffer | undefined> {
    await this.#until(() => this.#chunks.length > 0, timeoutMs, late);
    const chunk = this.#chunks.shift();
    if (chunk) {
      this.#queued -= chunk.length;
      if (this.#queued < lowWater && this.#controller?.paused) this.#controller.resume();
    }
    return chunk;
  }

  /** Nothing more is wanted: the few bytes that end the answer may still come, so that the socket can be used again. */
  release(): void {
    this.#signal.removeEventListener("abort", this.#onAbort);
    clearTimeout(this.#timer);
    this.#chunks = [];
    if (this.#ended) return;
    this.#released = true;
    if (this.#controller?.paused) this.#controller.resume();
    this.#timer = setTimeout(() => this.#fail(unread()), releaseMs);
    this.#timer.unref();
  }

  /** Lets go of the exchange; an unfinished one loses its socket. */
  close(): void {
    if (this.#released) return;
    this.#signal.removeEventListener("abort", this.#onAbort);
    clearTimeout(this.#timer);
    if (!this.#ended) this.#fail(unread());
    this.#chunks = [];
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#failure) controller.abort(asError(this.#failure));
    else this.#controller = controller;
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.#head = { status, headers };
    this.#wake();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#ended || this.#released) return;
    this.#received += chunk.length;
    if (this.#received > this.#maxBytes) {
      this.#fail(new AppError("upstream", `The upstream sent more than ${this.#maxBytes} bytes.`));
      return;
    }
    this.#chunks.push(chunk);
    this.#queued += chunk.length;
    if (this.#queued > highWater) controller.pause();
    this.#wake();
  }

  onResponseEnd(): void {
    this.#ended = true;
    this.#signal.removeEventListener("abort", this.#onAbort);
    this.#wake();
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  readonly #onAbort = () => this.#fail(this.#signal.reason);

  #fail(error: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#failure = error ?? new AppError("client_closed", "The call was stopped.");
    this.#controller?.abort(asError(this.#failure));
    this.#wake();
  }

  #wake(): void {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    clearTimeout(this.#timer);
    waiter?.();
  }

  /** Returns when `ready` holds or the exchange has ended; what arrived before a failure is handed out first. */
  async #until(ready: () => boolean, timeoutMs: number, late: string): Promise<void> {
    while (!ready() && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#waiter = resolve;
        this.#timer = setTimeout(() => this.#fail(new AppError("timeout", late)), Math.max(0, timeoutMs));
      });
    }
    if (!ready() && this.#failure !== undefined) throw this.#failure;
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("aborted", { cause: reason });
}
