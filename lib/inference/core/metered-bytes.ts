import type { Bytes } from "./protobuf";

/** Bytes of which only so many are looked at, however they refer to each other: what they cost is bounded. */
export class MeteredBytes implements Bytes {
  readonly length: number;
  readonly #bytes: Bytes;
  readonly #spent: () => Error;
  #left: number;

  constructor(bytes: Bytes, most: number, spent: () => Error) {
    this.length = bytes.length;
    this.#bytes = bytes;
    this.#left = most;
    this.#spent = spent;
  }

  at(index: number): number | undefined {
    this.#spend(1);
    return this.#bytes.at(index);
  }

  subarray(from: number, to: number): Uint8Array {
    this.#spend(to - from);
    return this.#bytes.subarray(from, to);
  }

  #spend(count: number): void {
    this.#left -= count;
    if (this.#left < 0) throw this.#spent();
  }
}
