import "server-only";
import { statfsSync } from "node:fs";
import { storageFull } from "../failures";

/** Kept free for the log, checkpoints and an orderly stop: PostgreSQL cannot go on without room for its log. */
const RESERVE_BYTES = 96 * 1024 * 1024;
const LOOK_EVERY_MS = 500;

/** Refuses changes while the database's disk is nearly full; reads go on, and changes again once there is room. */
export class DiskSpace {
  readonly #dir: string;
  readonly #reserve: number;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #free = Number.POSITIVE_INFINITY;

  constructor(dir: string, reserve = RESERVE_BYTES) {
    this.#dir = dir;
    this.#reserve = reserve;
  }

  isLow(): boolean {
    const now = performance.now();
    if (now - this.#lookedAt > LOOK_EVERY_MS) {
      const { bavail, bsize } = statfsSync(this.#dir);
      this.#free = bavail * bsize;
      this.#lookedAt = now;
    }
    return this.#free < this.#reserve;
  }

  /** @throws AppError `disk_full` */
  requireRoom(): void {
    if (this.isLow()) throw storageFull();
  }
}
