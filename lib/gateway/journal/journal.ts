import "server-only";
import { stat } from "node:fs/promises";
import { AppError } from "@/lib/core";
import { log } from "@/lib/core/server";
import { drainSegment, type Sink } from "./drain";
import { encodeRecord } from "./record";
import { createSegment, listSegments } from "./segment";
import { JournalWriter } from "./writer";

export interface JournalOptions {
  drainEveryMs?: number;
  /** Most bytes that may wait for the database before calls are refused. */
  maxBytes?: number;
  /** Bytes at which a segment is completed although earlier ones still wait. */
  segmentBytes?: number;
  /** Opens the file that is written next. */
  openSegment?: typeof createSegment;
}

const slowestRetryMs = 10_000;

/**
 * A log in local files between calls and the database. A record is safe in a file before its call is
 * acknowledged; whole files are moved into the database in the background and deleted, and those that a
 * crash left are moved at the next start. Records carry their own ids, so moving one twice adds it once.
 */
export class Journal<T> {
  readonly #dir: string;
  readonly #sink: Sink<T>;
  readonly #options: Required<JournalOptions>;
  readonly #writer: JournalWriter;
  /** Complete segments, oldest first, with their sizes. */
  readonly #sealed = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #draining: Promise<void> | undefined;
  #retryMs = 0;
  #unsettled = 0;

  constructor(dir: string, sink: Sink<T>, options: JournalOptions = {}) {
    this.#dir = dir;
    this.#sink = sink;
    this.#options = {
      drainEveryMs: 500,
      maxBytes: 1024 ** 3,
      segmentBytes: 4 * 1024 * 1024,
      openSegment: createSegment,
      ...options,
    };
    this.#writer = new JournalWriter(
      dir,
      (path, size) => this.#sealed.set(path, size),
      this.#options.openSegment,
    );
  }

  /** Records of this process that are not in the database yet. */
  get unsettled(): number {
    return this.#unsettled;
  }

  /** Why a call cannot be recorded and so must not begin. */
  refusal(): AppError | undefined {
    if (this.#writer.failure) return this.#writer.failure;
    let waiting = this.#writer.size;
    for (const size of this.#sealed.values()) waiting += size;
    if (waiting < this.#options.maxBytes) return undefined;
    return new AppError(
      "unavailable",
      "Too many calls wait to be recorded, because the database does not take them.",
      {
        retryAfter: 10,
      },
    );
  }

  /** Resolves when the record is in the file. @throws AppError `disk_full` or `unavailable`. */
  append(record: T): Promise<void> {
    this.#unsettled += 1;
    this.#schedule();
    return this.#writer.append(encodeRecord(record));
  }

  /** Moves what an earlier process left; waits `waitMs` at most and goes on in the background. */
  async start(waitMs = 3_000): Promise<void> {
    for (const path of await listSegments(this.#dir)) this.#sealed.set(path, (await stat(path)).size);
    if (this.#sealed.size === 0) return;
    log.info("The journal is replayed", { segments: this.#sealed.size });
    const late = new Promise<void>((done) => setTimeout(done, waitMs).unref());
    await Promise.race([this.drain(), late]);
  }

  /** Moves all that is written by now into the database. */
  async drain(): Promise<void> {
    while (this.#draining) await this.#draining;
    this.#draining = this.#drainOnce().finally(() => {
      this.#draining = undefined;
    });
    await this.#draining;
  }

  /** Writes, syncs and, within `waitMs`, moves everything; what is left waits in files for the next start. */
  async close(waitMs: number): Promise<void> {
    clearTimeout(this.#timer);
    await this.#writer.close();
    const late = new Promise<void>((done) => setTimeout(done, waitMs).unref());
    await Promise.race([this.drain(), late]);
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    if (this.#timer) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        void this.drain();
      },
      Math.max(this.#options.drainEveryMs, this.#retryMs),
    );
    this.#timer.unref();
  }

  async #drainOnce(): Promise<void> {
    try {
      // While the database is away the files grow instead of becoming many.
      if (this.#sealed.size === 0 || this.#writer.size >= this.#options.segmentBytes)
        await this.#writer.seal();
      for (const path of [...this.#sealed.keys()]) {
        const moved = await drainSegment(path, this.#sink);
        this.#sealed.delete(path);
        this.#unsettled = Math.max(0, this.#unsettled - moved);
      }
      this.#retryMs = 0;
    } catch (error) {
      this.#retryMs = Math.min(slowestRetryMs, (this.#retryMs || 250) * 2);
      log.warn("The journal was not moved into the database; it is tried again", {
        error,
        retryMs: this.#retryMs,
      });
    }
    if (this.#sealed.size > 0 || this.#writer.size > 0 || this.#unsettled > 0) this.#schedule();
  }
}
