import "server-only";
import { readSync } from "node:fs";
import { BrokenMessage, type Bytes } from "@/lib/inference/server";

const windowBytes = 16 * 1024;
/** Each is a read that this thread waits for; no graph has so much beside its weights. */
const mostReads = 100_000;

/** A file that is read a window at a time, where it is looked at: what is skipped over is never in memory. */
export class FileBytes implements Bytes {
  readonly length: number;
  readonly #descriptor: number;
  readonly #window = Buffer.alloc(windowBytes);
  #from = 0;
  #to = 0;
  #reads = 0;

  constructor(descriptor: number, length: number) {
    this.#descriptor = descriptor;
    this.length = length;
  }

  at(index: number): number | undefined {
    if (index < this.#from || index >= this.#to) this.#move(index);
    return index < this.#to ? this.#window[index - this.#from] : undefined;
  }

  /** A copy. */
  subarray(from: number, to: number): Uint8Array {
    // A name is seldom as long as the window: one read then serves many.
    if (to - from <= windowBytes) {
      if (from < this.#from || to > this.#to) this.#move(from);
      if (to <= this.#to) return Buffer.from(this.#window.subarray(from - this.#from, to - this.#from));
    }
    const bytes = Buffer.alloc(to - from);
    for (let at = 0; at < bytes.length; ) at += this.#read(bytes, at, bytes.length - at, from + at);
    return bytes;
  }

  #move(index: number): void {
    this.#from = index;
    this.#to = index;
    if (index < 0 || index >= this.length) return;
    this.#to += this.#read(this.#window, 0, Math.min(windowBytes, this.length - index), index);
  }

  #read(into: Buffer, offset: number, length: number, position: number): number {
    this.#reads += 1;
    if (this.#reads > mostReads) throw new BrokenMessage("too much of it is no weights");
    const count = readSync(this.#descriptor, into, offset, length, position);
    if (count === 0) throw new BrokenMessage("it ends early");
    return count;
  }
}
