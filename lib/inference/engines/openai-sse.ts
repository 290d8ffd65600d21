import "server-only";
import { StringDecoder } from "node:string_decoder";
import { AppError } from "@/lib/core";

/** Longest event of an upstream, in characters; a line without end must not fill the memory. */
const longestEvent = 4 * 1024 * 1024;

/** Splits server-sent events out of bytes cut anywhere; hands out the `data` of each event. */
export class SseParser {
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";
  #data: string | undefined;
  #endedInCr = false;
  #atStart = true;

  /** @throws AppError `upstream` for an event that does not end. */
  push(bytes: Buffer): string[] {
    return this.#take(this.#decoder.write(bytes));
  }

  /** The last event, when the stream ended without the blank line that should close it. */
  end(): string[] {
    return this.#take(`${this.#decoder.end()}\n\n`);
  }

  #take(decoded: string): string[] {
    const text = this.#normalised(decoded);
    const events: string[] = [];
    let from = 0;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", from)) {
      const line = this.#rest + text.slice(from, at);
      this.#rest = "";
      from = at + 1;
      this.#line(line, events);
    }
    this.#rest += text.slice(from);
    if (this.#rest.length + (this.#data?.length ?? 0) > longestEvent) {
      throw new AppError("upstream", "The upstream sent an event that is too large.");
    }
    return events;
  }

  #line(line: string, events: string[]): void {
    if (line === "") {
      if (this.#data !== undefined) events.push(this.#data);
      this.#data = undefined;
    } else if (line.startsWith("data:")) {
      const value = line.slice(line.charCodeAt(5) === 32 ? 6 : 5);
      this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    } else if (line === "data") {
      this.#data = this.#data === undefined ? "" : `${this.#data}\n`;
    }
  }

  /** Every line end as LF; a CRLF may be cut in two by the network. */
  #normalised(decoded: string): string {
    let text = decoded;
    if (this.#atStart && text.length > 0) {
      this.#atStart = false;
      if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
    }
    if (this.#endedInCr && text.startsWith("\n")) text = text.slice(1);
    if (decoded.length > 0) this.#endedInCr = decoded.endsWith("\r");
    return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  }
}
