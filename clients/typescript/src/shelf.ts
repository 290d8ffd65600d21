import type { Fetched } from "./prompt";

/** A prompt at hand. */
export interface Entry {
  fetched: Fetched;
  etag: string | null;
  /** Milliseconds since 1970 until which the workbench says it may be used unasked. */
  freshUntil: number;
}

interface NodeFiles {
  mkdir(path: string, options: object): Promise<unknown>;
  readFile(path: string, encoding: "utf8"): Promise<string>;
  writeFile(path: string, text: string, options: object): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  rm(path: string, options: object): Promise<void>;
}

/** Whether it is what the workbench answers. */
export function isFetched(value: unknown): value is Fetched {
  const found = value as Partial<Fetched> | null;
  return (
    typeof found?.name === "string" && typeof found.version === "number" && typeof found.resolved === "object"
  );
}

/** Copies in a folder: one file for each prompt and key, readable by its owner alone, written whole or not at all. */
export class Shelf {
  readonly #directory: string;
  #files: Promise<NodeFiles> | undefined;

  constructor(directory: string) {
    this.#directory = directory;
  }

  // By a name that bundlers for browsers do not follow.
  #load(): Promise<NodeFiles> {
    const specifier: string = "node:fs/promises";
    this.#files ??= import(/* @vite-ignore */ /* webpackIgnore: true */ specifier) as Promise<NodeFiles>;
    return this.#files;
  }

  async #path(id: string): Promise<string> {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(id));
    const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return `${this.#directory}/${hex}.json`;
  }

  async read(id: string): Promise<Entry | undefined> {
    const path = await this.#path(id);
    const files = await this.#load();
    const text = await files.readFile(path, "utf8").catch(() => "null");
    try {
      const entry = JSON.parse(text) as Entry | null;
      return entry && isFetched(entry.fetched) && Number.isFinite(entry.freshUntil) ? entry : undefined;
    } catch {
      // A copy that cannot be read is no copy; the next answer replaces it.
      return undefined;
    }
  }

  async write(id: string, entry: Entry): Promise<void> {
    const path = await this.#path(id);
    const files = await this.#load();
    await files.mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const part = `${path}.${crypto.randomUUID()}`;
    await files.writeFile(part, JSON.stringify(entry), { mode: 0o600, flush: true });
    await files.rename(part, path);
  }

  async remove(id: string): Promise<void> {
    const path = await this.#path(id);
    await (await this.#load()).rm(path, { force: true });
  }
}
