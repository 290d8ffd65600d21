import { TesseraError } from "./error";
import { Prompt } from "./prompt";
import { type Entry, isFetched, Shelf } from "./shelf";

/** Which version: neither is `production`. */
export interface Choice {
  alias?: string;
  version?: number;
}

export interface TesseraOptions {
  /** Address of the workbench. */
  url: string;
  /** An API key, or what gives one. */
  key: string | (() => string | Promise<string>);
  /** Folder for last-known-good copies; without it they are kept in memory alone. Not in a browser. */
  directory?: string;
  /** For so long after its time a prompt is still given at once while a newer one is fetched; 10 minutes. */
  staleSeconds?: number;
  /** An answer that takes longer counts as none; 5 seconds. */
  timeoutMs?: number;
  /** How many prompts are kept in memory; 1,000. */
  entries?: number;
  /** Hears of failures that a copy stood in for. */
  onOutage?: (error: TesseraError, name: string) => void;
  /** Instead of the global one. */
  fetch?: typeof globalThis.fetch;
}

/** After a failure copies are given without asking for so long, so that an outage slows nobody down. */
const awayMs = 10_000;

function frozen<Item>(value: Item): Item {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const each of Object.values(value)) frozen(each);
  }
  return value;
}

function freshUntil(cacheControl: string | null, now: number): number {
  if (/\bimmutable\b/.test(cacheControl ?? "")) return Number.MAX_SAFE_INTEGER;
  const seconds = /\bmax-age=(\d+)/.exec(cacheControl ?? "")?.[1];
  return now + Number(seconds ?? 0) * 1000;
}

/**
 * Fetches prompts by alias or version. A version is fetched once; an alias again after a minute, while the one at hand
 * is still given. When the workbench is away, the last known good one is; when it refuses, nothing is.
 */
export class Tessera {
  readonly #options: TesseraOptions;
  readonly #entries: Map<string, Entry> = new Map();
  readonly #running: Map<string, Promise<Entry>> = new Map();
  readonly #shelf: Shelf | null;
  #awayUntil = 0;

  constructor(options: TesseraOptions) {
    this.#options = options;
    this.#shelf = options.directory === undefined ? null : new Shelf(options.directory);
  }

  /**
   * @param name `catalog.schema.name`
   * @throws TesseraError `not_found` for an alias or version that does not exist: nothing is given in its place
   */
  async prompt(name: string, choice: Choice = {}): Promise<Prompt> {
    if (choice.alias !== undefined && choice.version !== undefined)
      throw new TesseraError("Name an alias or a version, not both.", { code: "invalid" });
    const key = typeof this.#options.key === "string" ? this.#options.key : await this.#options.key();
    const id = JSON.stringify([this.#options.url, key, name, choice.version ?? choice.alias ?? null]);
    const entry = this.#entries.get(id) ?? (await this.#fromShelf(id));
    const now = Date.now();
    const age = entry ? now - entry.freshUntil : Number.POSITIVE_INFINITY;
    if (entry && age < 0) return new Prompt(entry.fetched, "cache");
    if (entry && now < this.#awayUntil) return new Prompt(entry.fetched, "last-known-good");
    const refreshed = this.#refresh(id, key, name, choice, entry);
    if (entry && age < (this.#options.staleSeconds ?? 600) * 1000) {
      refreshed.catch((error: unknown) => this.#tell(error, name));
      return new Prompt(entry.fetched, "cache");
    }
    try {
      return new Prompt((await refreshed).fetched, "network");
    } catch (error) {
      if (!entry || !(error instanceof TesseraError) || !error.isOutage) throw error;
      this.#tell(error, name);
      return new Prompt(entry.fetched, "last-known-good");
    }
  }

  /** Forgets what is in memory: the next prompts are asked for. Copies in the folder stay for an outage. */
  clear(): void {
    this.#entries.clear();
  }

  // A refusal is told to whoever asks next; only what a copy stood in for would go unheard.
  #tell(error: unknown, name: string): void {
    if (error instanceof TesseraError && error.isOutage) this.#options.onOutage?.(error, name);
  }

  async #fromShelf(id: string): Promise<Entry | undefined> {
    const entry = await this.#shelf?.read(id);
    if (!entry) return undefined;
    // Somebody may have moved the alias while this application was not running.
    const kept = entry.freshUntil === Number.MAX_SAFE_INTEGER ? entry : { ...entry, freshUntil: 0 };
    this.#keep(id, kept);
    return kept;
  }

  #keep(id: string, entry: Entry): void {
    frozen(entry.fetched);
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > (this.#options.entries ?? 1000) && oldest !== undefined)
      this.#entries.delete(oldest);
  }

  /** One request at a time for one prompt, however many ask. */
  #refresh(id: string, key: string, name: string, choice: Choice, entry: Entry | undefined): Promise<Entry> {
    const running = this.#running.get(id);
    if (running) return running;
    const started = this.#ask(id, key, name, choice, entry).finally(() => this.#running.delete(id));
    this.#running.set(id, started);
    return started;
  }

  async #ask(
    id: string,
    key: string,
    name: string,
    choice: Choice,
    known: Entry | undefined,
  ): Promise<Entry> {
    const query = new URLSearchParams();
    if (choice.version !== undefined) query.set("version", String(choice.version));
    if (choice.alias !== undefined) query.set("alias", choice.alias);
    const url = new URL(`/api/prompts/${encodeURIComponent(name)}?${query}`, this.#options.url);
    const headers: Record<string, string> = { authorization: `Bearer ${key}`, accept: "application/json" };
    if (known?.etag) headers["if-none-match"] = known.etag;
    const signal = AbortSignal.timeout(this.#options.timeoutMs ?? 5000);
    const ask = this.#options.fetch ?? globalThis.fetch;
    try {
      const response = await ask(url, { headers, signal });
      const entry = await this.#read(response, known);
      this.#keep(id, entry);
      await this.#shelf?.write(id, entry).catch((cause: unknown) => {
        const message = "The last known good copy could not be written.";
        this.#options.onOutage?.(new TesseraError(message, { code: "disk", cause }), name);
      });
      return entry;
    } catch (cause) {
      const error =
        cause instanceof TesseraError
          ? cause
          : new TesseraError(`The workbench at ${this.#options.url} does not answer.`, {
              code: "unreachable",
              cause,
            });
      if (error.isOutage) this.#awayUntil = Date.now() + awayMs;
      else {
        this.#entries.delete(id);
        await this.#shelf?.remove(id);
      }
      throw error;
    }
  }

  async #read(response: Response, known: Entry | undefined): Promise<Entry> {
    const until = freshUntil(response.headers.get("cache-control"), Date.now());
    if (response.status === 304 && known) return { ...known, freshUntil: until };
    const body: unknown = await response.json().catch(() => null);
    if (response.ok && isFetched(body))
      return { fetched: body, etag: response.headers.get("etag"), freshUntil: until };
    const error = (body as { error?: { message?: string; code?: string; details?: [] } } | null)?.error;
    // An answer that is not the workbench's own comes from something in between.
    throw new TesseraError(error?.message ?? `The workbench answered ${response.status}.`, {
      status: response.ok ? 502 : response.status,
      code: error?.code ?? "upstream",
      details: error?.details,
    });
  }
}
