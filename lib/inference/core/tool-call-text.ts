import type { ToolStyle } from "./tool-style";

export interface WrittenCall {
  name: string;
  /** JSON. */
  arguments: string;
}

/** What may be shown now, and the calls that became whole. */
export interface Taken {
  text: string;
  calls: WrittenCall[];
}

/** Takes tool calls out of an answer as it is written: text passes, calls are held until they are whole. What is no call after all is text. */
export class ToolCallText {
  readonly #style: ToolStyle;
  readonly #begin: string;
  readonly #end: string;
  /** Text that may be the beginning of a call's mark. */
  #held = "";
  /** What is written of a call; undefined outside of one. */
  #inside: string | undefined;
  #shown = false;

  constructor(style: ToolStyle) {
    this.#style = style;
    // Models are not strict about the line breaks around a call.
    this.#begin = style.prefix.trimEnd();
    this.#end = style.suffix.trimStart();
  }

  push(text: string): Taken {
    const taken: Taken = { text: "", calls: [] };
    let rest: string | undefined = text;
    while (rest !== undefined && rest !== "")
      rest = this.#inside === undefined ? this.#outside(rest, taken) : this.#within(rest, taken);
    if (taken.text.trim() !== "") this.#shown = true;
    return taken;
  }

  /** What was held back, when no more text comes. */
  flush(): Taken {
    const call = this.#inside === undefined ? undefined : this.#read(this.#inside);
    const text = this.#held + (this.#inside === undefined ? "" : this.#begin + this.#inside);
    this.#held = "";
    this.#inside = undefined;
    return call ? { text: "", calls: [call] } : { text, calls: [] };
  }

  /** Gives what lies behind the mark of a call, if one begins. */
  #outside(text: string, taken: Taken): string | undefined {
    const all = this.#held + text;
    const at = this.#begin === "" ? this.#bareCall(all) : all.indexOf(this.#begin);
    const keep = at === -1 ? sharedEnd(all, this.#begin) : 0;
    taken.text += at === -1 ? all.slice(0, all.length - keep) : all.slice(0, at);
    this.#held = all.slice(all.length - keep);
    if (at === -1) return undefined;
    this.#inside = "";
    return all.slice(at + this.#begin.length);
  }

  /** Without a mark a call is the whole answer, and an object. */
  #bareCall(text: string): number {
    return !this.#shown && text.trimStart().startsWith("{") ? 0 : -1;
  }

  #within(text: string, taken: Taken): string | undefined {
    const all = (this.#inside ?? "") + text;
    const at = this.#end === "" ? -1 : all.indexOf(this.#end);
    this.#inside = at === -1 ? all : undefined;
    if (at === -1) return undefined;
    const call = this.#read(all.slice(0, at));
    if (call) taken.calls.push(call);
    else taken.text += this.#begin + all.slice(0, at + this.#end.length);
    return all.slice(at + this.#end.length).trimStart();
  }

  #read(text: string): WrittenCall | undefined {
    try {
      const call = JSON.parse(text) as Record<string, unknown>;
      if (typeof call.name !== "string") return undefined;
      return { name: call.name, arguments: JSON.stringify(call[this.#style.argumentsKey] ?? {}) };
    } catch {
      return undefined;
    }
  }
}

/** Length of the longest end of `text` with which `mark` begins. */
function sharedEnd(text: string, mark: string): number {
  let length = Math.min(mark.length - 1, text.length);
  while (length > 0 && !text.endsWith(mark.slice(0, length))) length--;
  return Math.max(0, length);
}
