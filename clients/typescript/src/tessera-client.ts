/** A value for a `{{variable}}`. */
export type Value = string | number | boolean;

/** A message in OpenAI's shape. */
export interface Message {
  role: "system" | "developer" | "user" | "assistant" | "tool";
  content?: unknown;
  [field: string]: unknown;
}

/** Which version: neither is `production`. */
export interface Choice {
  alias?: string;
  version?: number;
}

export interface Variable {
  name: string;
  type: { type: "text" | "number" | "boolean" } | { type: "choice"; options: string[] };
  default?: string;
  description: string;
}

type TemplateMessage = { role: "system" | "user" | "assistant"; text: string } | { placeholder: string };

interface Configuration {
  variables: Variable[];
  model: string | null;
  parameters: Record<string, unknown>;
  responseFormat: Record<string, unknown> | null;
}

/** What a version says. */
export type Content = Configuration &
  ({ type: "text"; text: string } | { type: "chat"; messages: TemplateMessage[] });

/** As `GET /api/prompts/{name}` answers. */
interface Fetched {
  id: string;
  name: string;
  version: number;
  alias: string | null;
  content: Content;
  resolved: Content;
  variables: Variable[];
  placeholders: string[];
}

/** A failure, with the workbench's own words where it gave any. */
export class TesseraError extends Error {
  override readonly name: string = "TesseraError";
  /** HTTP status; null where no answer came. */
  readonly status: number | null;
  /** `not_found`, `forbidden`, `invalid`, …; `unreachable` where no answer came. */
  readonly code: string;
  readonly details: readonly { path: string; message: string }[];

  constructor(
    message: string,
    facts: {
      status?: number | null;
      code: string;
      details?: readonly { path: string; message: string }[];
      cause?: unknown;
    },
  ) {
    super(message, { cause: facts.cause });
    this.status = facts.status ?? null;
    this.code = facts.code;
    this.details = facts.details ?? [];
  }

  /** The workbench gave no decision: it could not be reached, or failed. A refusal is a decision. */
  get isOutage(): boolean {
    return this.status === null || this.status >= 500 || this.status === 429;
  }
}

const mark = /\{\{\s*([A-Za-z_][A-Za-z0-9_.-]{0,63})\s*\}\}/g;
const numeric = /^\s*-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

function given<Item>(values: Readonly<Record<string, Item>>, name: string): Item | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function problem(type: Variable["type"], value: Value): string | null {
  const text = String(value);
  const isNumber = typeof value === "number" ? Number.isFinite(value) : numeric.test(text);
  if (type.type === "number" && !isNumber) return "not a number";
  if (type.type === "boolean" && text !== "true" && text !== "false") return "neither true nor false";
  if (type.type === "choice" && !type.options.includes(text))
    return `none of ${type.options.map((option) => `“${option}”`).join(", ")}`;
  return null;
}

/** Ready to send to `/v1/chat/completions`. */
export interface Rendered {
  messages: Message[];
  /** Of a text prompt. */
  text: string | null;
  model: string | null;
  parameters: Record<string, unknown>;
  responseFormat: Record<string, unknown> | null;
}

/** Where a prompt came from: `cache` also while a newer one is fetched, `last-known-good` while the workbench is away. */
export type Source = "network" | "cache" | "last-known-good";

/** One version of a prompt, with everything that it refers to in its place. It never changes. */
export class Prompt {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly alias: string | null;
  /** As it was written. */
  readonly content: Content;
  /** Without references to other prompts. */
  readonly resolved: Content;
  readonly variables: readonly Variable[];
  readonly placeholders: readonly string[];
  readonly source: Source;

  constructor(fetched: Fetched, source: Source) {
    this.id = fetched.id;
    this.name = fetched.name;
    this.version = fetched.version;
    this.alias = fetched.alias;
    this.content = fetched.content;
    this.resolved = fetched.resolved;
    this.variables = fetched.variables;
    this.placeholders = fetched.placeholders;
    this.source = source;
  }

  /**
   * Fills it in, here. A value is never read as a template.
   * @throws TesseraError `invalid` naming everything that is missing, `unprocessable` for values of a wrong type
   */
  render(
    values: Readonly<Record<string, Value>> = {},
    placeholders: Readonly<Record<string, readonly Message[]>> = {},
  ): Rendered {
    const texts = this.#texts(values, placeholders);
    const fill = (text: string) => text.replace(mark, (written, name: string) => texts.get(name) ?? written);
    const { resolved } = this;
    const { model, parameters, responseFormat } = resolved;
    const configuration = { model, parameters, responseFormat };
    if (resolved.type === "text") {
      const text = fill(resolved.text);
      return { messages: [{ role: "user", content: text }], text, ...configuration };
    }
    const messages = resolved.messages.flatMap((message): Message[] =>
      "text" in message
        ? [{ role: message.role, content: fill(message.text) }]
        : [...(given(placeholders, message.placeholder) ?? [])],
    );
    return { messages, text: null, ...configuration };
  }

  #used(): Set<string> {
    const { resolved } = this;
    const texts =
      resolved.type === "text"
        ? [resolved.text]
        : resolved.messages.flatMap((message) => ("text" in message ? [message.text] : []));
    return new Set(texts.flatMap((text) => [...text.matchAll(mark)].map(([, name = ""]) => name)));
  }

  #texts(
    values: Readonly<Record<string, Value>>,
    placeholders: Readonly<Record<string, readonly Message[]>>,
  ): Map<string, string> {
    const texts = new Map<string, string>();
    const missing: { path: string; message: string }[] = [];
    const wrong: { path: string; message: string }[] = [];
    for (const name of this.#used()) {
      const variable = this.variables.find((each) => each.name === name);
      const value = given(values, name) ?? variable?.default;
      const path = `variables.${name}`;
      if (value === undefined) missing.push({ path, message: "A value is missing." });
      else {
        const words = variable ? problem(variable.type, value) : null;
        if (words) wrong.push({ path, message: `The value of ${name} is ${words}.` });
        texts.set(name, String(value));
      }
    }
    for (const name of this.placeholders) {
      if (given(placeholders, name) === undefined)
        missing.push({
          path: `placeholders.${name}`,
          message: "Messages are missing; an empty list is allowed.",
        });
    }
    if (missing.length > 0) {
      const names = missing.map(({ path }) => path.slice(path.indexOf(".") + 1)).join(", ");
      throw new TesseraError(`Values are missing for ${names}.`, { code: "invalid", details: missing });
    }
    if (wrong.length > 0) {
      const message = wrong.map((each) => each.message).join(" ");
      throw new TesseraError(message, { code: "unprocessable", details: wrong });
    }
    return texts;
  }
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

interface Entry {
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

function frozen<Item>(value: Item): Item {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const each of Object.values(value)) frozen(each);
  }
  return value;
}

function isFetched(value: unknown): value is Fetched {
  const found = value as Partial<Fetched> | null;
  return (
    typeof found?.name === "string" && typeof found.version === "number" && typeof found.resolved === "object"
  );
}

function freshUntil(cacheControl: string | null, now: number): number {
  if (/\bimmutable\b/.test(cacheControl ?? "")) return Number.MAX_SAFE_INTEGER;
  const seconds = /\bmax-age=(\d+)/.exec(cacheControl ?? "")?.[1];
  return now + Number(seconds ?? 0) * 1000;
}

/** Copies in a folder: one file for each prompt and key, readable by its owner alone, written whole or not at all. */
class Shelf {
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
