import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Serves files of models in parts, and badly when it is told to. */
export class PartServer {
  /** Range of every request for a file that is not tessera.json; null for the whole. */
  readonly asked: { path: string; range: string | null }[] = [];
  /** Ignores Range. */
  whole = false;
  /** Ends the connection once this many bytes of a file have gone out, counted over all of it. */
  cutAt: number | undefined;
  /** Answers from this byte of a file on wait until it is taken away. */
  #gate: { from: number; opened: Promise<void>; open: () => void } | undefined;

  /** Ranges asked for of one file, in order. */
  rangesOf(path: string): (string | null)[] {
    return this.asked.filter((each) => each.path.endsWith(path)).map(({ range }) => range);
  }

  holdFrom(byte: number): { open: () => void } {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.#gate = { from: byte, opened, open };
    return this.#gate;
  }

  send = async (file: string, { url = "", headers }: IncomingMessage, response: ServerResponse) => {
    const bytes = await readFile(file);
    if (file.endsWith("tessera.json")) return void response.end(bytes);
    const path = new URL(url, "http://localhost").pathname;
    this.asked.push({ path, range: headers.range ?? null });
    const [, from = "0", last = ""] = (!this.whole && /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? "")) || [];
    const start = Number(from);
    const end = last === "" ? bytes.length : Math.min(bytes.length, Number(last) + 1);
    const isPart = !this.whole && headers.range !== undefined;
    if (this.#gate && end > this.#gate.from) await this.#gate.opened;
    response.setHeader("content-length", end - start);
    if (isPart) response.setHeader("content-range", `bytes ${start}-${end - 1}/${bytes.length}`);
    response.writeHead(isPart ? 206 : 200);
    const cut = this.cutAt;
    if (cut === undefined || cut >= end) return void response.end(bytes.subarray(start, end));
    response.write(bytes.subarray(start, Math.max(start, cut)), () =>
      setTimeout(() => response.destroy(), 50),
    );
  };
}
