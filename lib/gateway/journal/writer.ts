import "server-only";
import { AppError } from "@/lib/core";
import { log } from "@/lib/core/server";
import { createSegment, type Segment, syncSegment } from "./segment";

interface Entry {
  bytes: Buffer;
  written?: () => void;
  failed?: (error: AppError) => void;
}

/** Longest time between a record's write and the start of its sync. */
const syncWithinMs = 5;
const retryEveryMs = 500;
/** Calls under way when the disk filled may still end; nothing new is let in, so this many are never held. */
const mostHeld = 10_000;

function failureOf(cause: unknown): AppError {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return code === "ENOSPC" || code === "EDQUOT"
    ? new AppError("disk_full", "The disk is full, so calls cannot be recorded and none is taken.", {
        cause,
        retryAfter: 5,
      })
    : new AppError("unavailable", "Calls cannot be recorded now, so none is taken.", {
        cause,
        retryAfter: 5,
      });
}

/**
 * Appends records to the current segment. Records of one turn of the event loop share a write; writes of
 * a few milliseconds share a sync. A record is acknowledged when the operating system has it, so that it
 * survives the end of this process however sudden; a power cut may take the last few milliseconds.
 */
export class JournalWriter {
  readonly #dir: string;
  readonly #onSealed: (path: string, size: number) => void;
  readonly #open: typeof createSegment;
  #segment: Segment | undefined;
  #sequence = 0;
  #queue: Entry[] = [];
  #scheduled = false;
  #turn: Promise<unknown> = Promise.resolve();
  #syncing: Promise<void> = Promise.resolve();
  #isSyncing = false;
  #isSynced = true;
  #syncTimer: NodeJS.Timeout | undefined;
  #retryTimer: NodeJS.Timeout | undefined;
  #failure: AppError | undefined;

  /** @param onSealed is told of every segment that is complete and will not be written again. */
  constructor(dir: string, onSealed: (path: string, size: number) => void, openSegment = createSegment) {
    this.#dir = dir;
    this.#onSealed = onSealed;
    this.#open = openSegment;
  }

  /** Why nothing can be written now. */
  get failure(): AppError | undefined {
    return this.#failure;
  }

  /** Bytes in the segment being written. */
  get size(): number {
    return this.#segment?.size ?? 0;
  }

  /**
   * Resolves when the operating system has the record. @throws AppError `disk_full` or `unavailable`; the
   * record is then kept in memory and written as soon as that is possible again.
   */
  append(bytes: Buffer): Promise<void> {
    if (this.#failure) {
      if (this.#queue.length < mostHeld) this.#queue.push({ bytes });
      return Promise.reject(this.#failure);
    }
    return new Promise<void>((written, failed) => {
      this.#queue.push({ bytes, written, failed });
      if (this.#scheduled) return;
      this.#scheduled = true;
      setImmediate(() => {
        this.#scheduled = false;
        void this.flush();
      });
    });
  }

  /** Writes what is queued. Never rejects: those who wait are told. */
  flush(): Promise<void> {
    return this.#inTurn(async () => {
      const batch = this.#queue;
      if (batch.length === 0) return;
      this.#queue = [];
      try {
        await this.#write(batch);
        this.#failure = undefined;
        for (const entry of batch) entry.written?.();
      } catch (cause) {
        await this.#fail(batch, cause);
      }
    });
  }

  /** Syncs and completes the current segment. */
  seal(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.size === 0) return;
      clearTimeout(this.#syncTimer);
      this.#syncTimer = undefined;
      await this.#syncing;
      if (this.#segment) await syncSegment(this.#segment);
      await this.#complete();
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.#retryTimer);
    await this.flush();
    await this.seal();
  }

  /** Writes, seals and failures exclude each other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #write(batch: Entry[]): Promise<void> {
    this.#segment ??= await this.#open(this.#dir, this.#sequence++);
    const { handle } = this.#segment;
    const bytes = Buffer.concat(batch.map((entry) => entry.bytes));
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await handle.write(bytes, at, bytes.length - at);
      at += bytesWritten;
    }
    this.#segment.size += bytes.length;
    this.#isSynced = false;
    if (!this.#isSyncing) this.#syncTimer ??= setTimeout(() => this.#sync(), syncWithinMs);
  }

  /** Beside the writes: a slow disk must not hold up calls. */
  #sync(): void {
    this.#syncTimer = undefined;
    this.#isSyncing = true;
    this.#syncing = this.#syncWritten()
      .catch((cause) => {
        log.error("The journal was not synced", { error: cause });
        // What a failed sync has lost is unknown: the next write starts a new file.
        void this.#inTurn(() => this.#fail([], cause));
      })
      .finally(() => {
        this.#isSyncing = false;
      });
  }

  async #syncWritten(): Promise<void> {
    while (this.#segment && !this.#isSynced) {
      this.#isSynced = true;
      await syncSegment(this.#segment);
    }
  }

  async #fail(batch: Entry[], cause: unknown): Promise<void> {
    const failure = failureOf(cause);
    const isNew = !this.#failure;
    this.#failure = failure;
    const waiting = [...batch, ...this.#queue];
    this.#queue = waiting.map(({ bytes }) => ({ bytes }));
    for (const entry of waiting) entry.failed?.(failure);
    if (isNew) log.error("The journal cannot be written", { error: cause });
    await this.#complete().catch((error: unknown) =>
      log.error("A journal segment was not closed", { error }),
    );
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => void this.#retry(), retryEveryMs);
    this.#retryTimer.unref();
  }

  async #retry(): Promise<void> {
    // Without a record to write, an empty one shows whether writing works again.
    if (this.#queue.length === 0) this.#queue.push({ bytes: Buffer.from("\n") });
    await this.flush();
  }

  async #complete(): Promise<void> {
    const segment = this.#segment;
    this.#segment = undefined;
    if (!segment) return;
    this.#onSealed(segment.path, segment.size);
    await segment.handle.close();
  }
}
