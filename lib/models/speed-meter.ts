import { monotonicMs } from "@/lib/core";

const windowMs = 10_000;
const slotMs = 500;
/** Before this much is known a rate would jump. */
const leastMs = 1_000;

/** Bytes per second over the last ten seconds. */
export class SpeedMeter {
  #slots: { at: number; bytes: number }[] = [];

  add(bytes: number, now = monotonicMs()): void {
    const last = this.#slots.at(-1);
    if (last && now - last.at < slotMs) last.bytes += bytes;
    else this.#slots.push({ at: now, bytes });
    this.#slots = this.#slots.filter(({ at }) => now - at < windowMs);
  }

  /** Nothing until it can be told. */
  bytesPerSecond(now = monotonicMs()): number | undefined {
    const recent = this.#slots.filter(({ at }) => now - at < windowMs);
    const first = recent[0];
    if (!first || now - first.at < leastMs) return undefined;
    return recent.reduce((sum, { bytes }) => sum + bytes, 0) / ((now - first.at) / 1000);
  }
}
