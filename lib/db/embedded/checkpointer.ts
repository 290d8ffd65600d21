import "server-only";
import type { PGlite } from "@electric-sql/pglite";
import { log } from "@/lib/core/server";

const LOOK_EVERY_MS = 5_000;

interface CheckpointLimits {
  /** Bytes of log after which a checkpoint is due at once. */
  bytes: number;
  /** Milliseconds after which one is due when anything was written. */
  ms: number;
}

const usual: CheckpointLimits = { bytes: 64 * 1024 * 1024, ms: 300_000 };

/** Runs the checkpoints that PGlite never runs by itself; without them the log grows without bound. */
export class Checkpointer {
  readonly #pg: PGlite;
  readonly #limits: CheckpointLimits;
  #timer: NodeJS.Timeout | undefined;
  #position = "0/0";
  #at = performance.now();
  /** The last checkpoint's failure, until one succeeds. */
  failure: unknown;

  constructor(pg: PGlite, limits = usual) {
    this.#pg = pg;
    this.#limits = limits;
  }

  async start(): Promise<void> {
    this.#position = await this.#logPosition();
    this.#schedule();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Runs a checkpoint when one is due; true when it did. */
  async checkpointIfDue(): Promise<boolean> {
    const { rows } = await this.#pg.query<{ bytes: number }>(
      "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1::pg_lsn)::float8 as bytes",
      [this.#position],
    );
    const bytes = rows[0]?.bytes ?? 0;
    const waited = performance.now() - this.#at;
    if (bytes < this.#limits.bytes && (bytes === 0 || waited < this.#limits.ms)) return false;
    await this.#pg.exec("CHECKPOINT");
    // Read afterwards: a checkpoint writes log of its own, which must not call for the next one.
    this.#position = await this.#logPosition();
    this.#at = performance.now();
    return true;
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      this.checkpointIfDue()
        .then(() => {
          this.failure = undefined;
        })
        .catch((error: unknown) => {
          this.failure = error;
          log.error("The database's checkpoint failed", { error });
        })
        .finally(() => this.#schedule());
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  async #logPosition(): Promise<string> {
    const { rows } = await this.#pg.query<{ at: string }>("select pg_current_wal_insert_lsn()::text as at");
    return rows[0]?.at ?? "0/0";
  }
}
