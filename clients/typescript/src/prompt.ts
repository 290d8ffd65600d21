import { type Detail, TesseraError } from "./error";

/** A value for a `{{variable}}`. */
export type Value = string | number | boolean;

export type Values = Readonly<Record<string, Value>>;

/** A message in OpenAI's shape. */
export interface Message {
  role: "system" | "developer" | "user" | "assistant" | "tool";
  content?: unknown;
  [field: string]: unknown;
}

export type Placeholders = Readonly<Record<string, readonly Message[]>>;

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
export interface Fetched {
  name: string;
  version: number;
  alias: string | null;
  resolved: Content;
  variables: Variable[];
  placeholders: string[];
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
  readonly name: string;
  readonly version: number;
  readonly alias: string | null;
  /** Without references to other prompts. */
  readonly resolved: Content;
  readonly variables: readonly Variable[];
  readonly placeholders: readonly string[];
  readonly source: Source;

  constructor(fetched: Fetched, source: Source) {
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
  render(values: Values = {}, placeholders: Placeholders = {}): Rendered {
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

  #texts(values: Values, placeholders: Placeholders): Map<string, string> {
    const texts = new Map<string, string>();
    const missing: Detail[] = [];
    const wrong: Detail[] = [];
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
