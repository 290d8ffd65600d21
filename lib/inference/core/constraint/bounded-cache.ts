/** Keeps what was used last, up to a number of bytes. */
export class BoundedCache<Value> {
  readonly #entries = new Map<string, { value: Value; bytes: number }>();
  readonly #most: number;
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#most = mostBytes;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: Value, bytes: number): void {
    const whole = bytes + 2 * key.length;
    this.#entries.set(key, { value, bytes: whole });
    this.#bytes += whole;
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= this.#most || this.#entries.size === 1) return;
      this.#entries.delete(oldest);
      this.#bytes -= entry.bytes;
    }
  }
}
