/** Cuts a stream of text at the first stop sequence, never letting a part of one through. */
export class StopText {
  readonly #stops: readonly string[];
  #held = "";

  constructor(stops: readonly string[]) {
    this.#stops = stops;
  }

  /** The text that may be shown now, and whether a stop sequence was reached. */
  push(text: string): { text: string; stopped: boolean } {
    const all = this.#held + text;
    // Of several, the one complete first: how the text was cut into pieces makes no difference then.
    let cut = -1;
    let end = Number.POSITIVE_INFINITY;
    for (const stop of this.#stops) {
      const at = all.indexOf(stop);
      if (at === -1 || at + stop.length > end) continue;
      cut = at + stop.length < end ? at : Math.min(cut, at);
      end = at + stop.length;
    }
    if (cut !== -1) {
      this.#held = "";
      return { text: all.slice(0, cut), stopped: true };
    }
    const keep = this.#partial(all);
    this.#held = all.slice(all.length - keep);
    return { text: all.slice(0, all.length - keep), stopped: false };
  }

  /** What was held back, when no more text comes. */
  flush(): string {
    const text = this.#held;
    this.#held = "";
    return text;
  }

  /** Length of the longest end of `text` with which a stop sequence begins. */
  #partial(text: string): number {
    let longest = 0;
    for (const stop of this.#stops) {
      for (let length = Math.min(stop.length - 1, text.length); length > longest; length--) {
        if (text.endsWith(stop.slice(0, length))) longest = length;
      }
    }
    return longest;
  }
}
