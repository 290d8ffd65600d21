import "server-only";
import { statfsSync } from "node:fs";
import { storageFull } from "../failures";

/** Kept free for the log, checkpoints and an orderly stop: PostgreSQL cannot go on without room for its log. */
const RESERVE_BYTES = 96 * 1024 * 1024;
const LOOK_EVERY_MS = 500;

/** Bytes that may still be written on the disk of `dir`. */
export function freeBytesOf(dir: string): number {
  const { bavail, bsize } = statfsSync(dir);
  return bavail * bsize;
}

/** Refuses changes while the database's disk is nearly full; reads go on, and changes again once there is room. */
export class DiskSpace {
  readonly #freeBytes: () => number;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #low = false;

  constructor(freeBytes: () => number) {
    this.#freeBytes = freeBytes;
  }

  isLow(): boolean {
    const now = performance.now();
    if (now - this.#lookedAt > LOOK_EVERY_MS) {
      this.#low = this.#freeBytes() < RESERVE_BYTES;
      this.#lookedAt = now;
    }
    return this.#low;
  }

  /** @throws AppError `disk_full` */
  requireRoom(): void {
    if (this.isLow()) throw storageFull();
  }
}
