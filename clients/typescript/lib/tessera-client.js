// src/error.ts
var TesseraError = class extends Error {
  name = "TesseraError";
  /** HTTP status; null where no answer came. */
  status;
  /** `not_found`, `forbidden`, `invalid`, …; `unreachable` where no answer came. */
  code;
  details;
  constructor(message, facts) {
    super(message, { cause: facts.cause });
    this.status = facts.status ?? null;
    this.code = facts.code;
    this.details = facts.details ?? [];
  }
  /** The workbench gave no decision: it could not be reached, or failed. A refusal is a decision. */
  get isOutage() {
    return this.status === null || this.status >= 500 || this.status === 429;
  }
};

// src/prompt.ts
var mark = /\{\{\s*([A-Za-z_][A-Za-z0-9_.-]{0,63})\s*\}\}/g;
var numeric = /^\s*-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
function given(values, name) {
  return Object.hasOwn(values, name) ? values[name] : void 0;
}
function problem(type, value) {
  const text = String(value);
  const isNumber = typeof value === "number" ? Number.isFinite(value) : numeric.test(text);
  if (type.type === "number" && !isNumber) return "not a number";
  if (type.type === "boolean" && text !== "true" && text !== "false") return "neither true nor false";
  if (type.type === "choice" && !type.options.includes(text))
    return `none of ${type.options.map((option) => `\u201C${option}\u201D`).join(", ")}`;
  return null;
}
var Prompt = class {
  name;
  version;
  alias;
  /** Without references to other prompts. */
  resolved;
  variables;
  placeholders;
  source;
  constructor(fetched, source) {
    this.name = fetched.name;
    this.version = fetched.version;
    this.alias = fetched.alias;
    this.resolved = fetched.resolved;
    this.variables = fetched.variables;
    this.placeholders = fetched.placeholders;
    this.source = source;
  }
  /**
   * Fills it in, here. A value is never read as a template.
   * @throws TesseraError `invalid` naming everything that is missing, `unprocessable` for values of a wrong type
   */
  render(values = {}, placeholders = {}) {
    const texts = this.#texts(values, placeholders);
    const fill = (text) => text.replace(mark, (written, name) => texts.get(name) ?? written);
    const { resolved } = this;
    const { model, parameters, responseFormat } = resolved;
    const configuration = { model, parameters, responseFormat };
    if (resolved.type === "text") {
      const text = fill(resolved.text);
      return { messages: [{ role: "user", content: text }], text, ...configuration };
    }
    const messages = resolved.messages.flatMap(
      (message) => "text" in message ? [{ role: message.role, content: fill(message.text) }] : [...given(placeholders, message.placeholder) ?? []]
    );
    return { messages, text: null, ...configuration };
  }
  #used() {
    const { resolved } = this;
    const texts = resolved.type === "text" ? [resolved.text] : resolved.messages.flatMap((message) => "text" in message ? [message.text] : []);
    return new Set(texts.flatMap((text) => [...text.matchAll(mark)].map(([, name = ""]) => name)));
  }
  #texts(values, placeholders) {
    const texts = /* @__PURE__ */ new Map();
    const missing = [];
    const wrong = [];
    for (const name of this.#used()) {
      const variable = this.variables.find((each) => each.name === name);
      const value = given(values, name) ?? variable?.default;
      const path = `variables.${name}`;
      if (value === void 0) missing.push({ path, message: "A value is missing." });
      else {
        const words = variable ? problem(variable.type, value) : null;
        if (words) wrong.push({ path, message: `The value of ${name} is ${words}.` });
        texts.set(name, String(value));
      }
    }
    for (const name of this.placeholders) {
      if (given(placeholders, name) === void 0)
        missing.push({
          path: `placeholders.${name}`,
          message: "Messages are missing; an empty list is allowed."
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
};

// src/shelf.ts
function isFetched(value) {
  const found = value;
  return typeof found?.name === "string" && typeof found.version === "number" && typeof found.resolved === "object";
}
var Shelf = class {
  #directory;
  #files;
  constructor(directory) {
    this.#directory = directory;
  }
  // By a name that bundlers for browsers do not follow.
  #load() {
    const specifier = "node:fs/promises";
    this.#files ??= import(
      /* @vite-ignore */
      /* webpackIgnore: true */
      specifier
    );
    return this.#files;
  }
  async #path(id) {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(id));
    const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return `${this.#directory}/${hex}.json`;
  }
  async read(id) {
    const path = await this.#path(id);
    const files = await this.#load();
    const text = await files.readFile(path, "utf8").catch(() => "null");
    try {
      const entry = JSON.parse(text);
      return entry && isFetched(entry.fetched) && Number.isFinite(entry.freshUntil) ? entry : void 0;
    } catch {
      return void 0;
    }
  }
  async write(id, entry) {
    const path = await this.#path(id);
    const files = await this.#load();
    await files.mkdir(this.#directory, { recursive: true, mode: 448 });
    const part = `${path}.${crypto.randomUUID()}`;
    await files.writeFile(part, JSON.stringify(entry), { mode: 384, flush: true });
    await files.rename(part, path);
  }
  async remove(id) {
    const path = await this.#path(id);
    await (await this.#load()).rm(path, { force: true });
  }
};

// src/tessera.ts
var awayMs = 1e4;
function frozen(value) {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const each of Object.values(value)) frozen(each);
  }
  return value;
}
function freshUntil(cacheControl, now) {
  if (/\bimmutable\b/.test(cacheControl ?? "")) return Number.MAX_SAFE_INTEGER;
  const seconds = /\bmax-age=(\d+)/.exec(cacheControl ?? "")?.[1];
  return now + Number(seconds ?? 0) * 1e3;
}
var Tessera = class {
  #options;
  #entries = /* @__PURE__ */ new Map();
  #running = /* @__PURE__ */ new Map();
  #shelf;
  #awayUntil = 0;
  constructor(options) {
    this.#options = options;
    this.#shelf = options.directory === void 0 ? null : new Shelf(options.directory);
  }
  /**
   * @param name `catalog.schema.name`
   * @throws TesseraError `not_found` for an alias or version that does not exist: nothing is given in its place
   */
  async prompt(name, choice = {}) {
    if (choice.alias !== void 0 && choice.version !== void 0)
      throw new TesseraError("Name an alias or a version, not both.", { code: "invalid" });
    const key = typeof this.#options.key === "string" ? this.#options.key : await this.#options.key();
    const id = JSON.stringify([this.#options.url, key, name, choice.version ?? choice.alias ?? null]);
    const entry = this.#entries.get(id) ?? await this.#fromShelf(id);
    const now = Date.now();
    const age = entry ? now - entry.freshUntil : Number.POSITIVE_INFINITY;
    if (entry && age < 0) return new Prompt(entry.fetched, "cache");
    if (entry && now < this.#awayUntil) return new Prompt(entry.fetched, "last-known-good");
    const refreshed = this.#refresh(id, key, name, choice, entry);
    if (entry && age < (this.#options.staleSeconds ?? 600) * 1e3) {
      refreshed.catch((error) => this.#tell(error, name));
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
  clear() {
    this.#entries.clear();
  }
  // A refusal is told to whoever asks next; only what a copy stood in for would go unheard.
  #tell(error, name) {
    if (error instanceof TesseraError && error.isOutage) this.#options.onOutage?.(error, name);
  }
  async #fromShelf(id) {
    const entry = await this.#shelf?.read(id);
    if (!entry) return void 0;
    const kept = entry.freshUntil === Number.MAX_SAFE_INTEGER ? entry : { ...entry, freshUntil: 0 };
    this.#keep(id, kept);
    return kept;
  }
  #keep(id, entry) {
    frozen(entry.fetched);
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > (this.#options.entries ?? 1e3) && oldest !== void 0)
      this.#entries.delete(oldest);
  }
  /** One request at a time for one prompt, however many ask. */
  #refresh(id, key, name, choice, entry) {
    const running = this.#running.get(id);
    if (running) return running;
    const started = this.#ask(id, key, name, choice, entry).finally(() => this.#running.delete(id));
    this.#running.set(id, started);
    return started;
  }
  async #ask(id, key, name, choice, known) {
    const query = new URLSearchParams();
    if (choice.version !== void 0) query.set("version", String(choice.version));
    if (choice.alias !== void 0) query.set("alias", choice.alias);
    const url = new URL(`/api/prompts/${encodeURIComponent(name)}?${query}`, this.#options.url);
    const headers = { authorization: `Bearer ${key}`, accept: "application/json" };
    if (known?.etag) headers["if-none-match"] = known.etag;
    const signal = AbortSignal.timeout(this.#options.timeoutMs ?? 5e3);
    const ask = this.#options.fetch ?? globalThis.fetch;
    try {
      const response = await ask(url, { headers, signal });
      const entry = await this.#read(response, known);
      this.#keep(id, entry);
      await this.#shelf?.write(id, entry).catch((cause) => {
        const message = "The last known good copy could not be written.";
        this.#options.onOutage?.(new TesseraError(message, { code: "disk", cause }), name);
      });
      return entry;
    } catch (cause) {
      const error = cause instanceof TesseraError ? cause : new TesseraError(`The workbench at ${this.#options.url} does not answer.`, {
        code: "unreachable",
        cause
      });
      if (error.isOutage) this.#awayUntil = Date.now() + awayMs;
      else {
        this.#entries.delete(id);
        await this.#shelf?.remove(id);
      }
      throw error;
    }
  }
  async #read(response, known) {
    const until = freshUntil(response.headers.get("cache-control"), Date.now());
    if (response.status === 304 && known) return { ...known, freshUntil: until };
    const body = await response.json().catch(() => null);
    if (response.ok && isFetched(body))
      return { fetched: body, etag: response.headers.get("etag"), freshUntil: until };
    const error = body?.error;
    throw new TesseraError(error?.message ?? `The workbench answered ${response.status}.`, {
      status: response.ok ? 502 : response.status,
      code: error?.code ?? "upstream",
      details: error?.details
    });
  }
};
export {
  Prompt,
  Tessera,
  TesseraError
};
