import { type EngineKind, engineKinds } from "@/lib/inference";
import { mostColumns } from "./edits";
import { type PromptRef, parsePromptRef } from "./prompt-link";

export interface ModelRef {
  engine: EngineKind;
  model: string;
}

const longestModel = 200;

/** `browser:pebble-2m`; a bare name is a model of the server, or of a connection when it has a slash. */
export function parseModelRef(text: string): ModelRef | null {
  const cut = text.indexOf(":");
  const engine = engineKinds.find((kind) => kind === text.slice(0, cut));
  const model = engine ? text.slice(cut + 1) : text;
  if (model === "" || model.length > longestModel) return null;
  return { engine: engine ?? (model.includes("/") ? "remote" : "server"), model };
}

export function formatModelRef({ engine, model }: ModelRef): string {
  return `${engine}:${model}`;
}

/** What an address asks for. */
export interface PlaygroundLink {
  columns: ModelRef[];
  /** A first message to fill in. */
  ask: string | null;
  /** One for all columns, or one for each, null for a column without. */
  prompts: (PromptRef | null)[];
  /** A past call of the prompt, to be asked again with its values. */
  invocation: string | null;
  /** Names of prompts that are none. */
  strange: string[];
}

export function parseLink(search: URLSearchParams): PlaygroundLink {
  const columns = search
    .getAll("model")
    .map(parseModelRef)
    .filter((ref) => ref !== null)
    .slice(0, mostColumns);
  const names = search.getAll("prompt").slice(0, mostColumns);
  return {
    columns,
    ask: search.get("ask"),
    prompts: names.map(parsePromptRef),
    invocation: search.get("invocation"),
    strange: names.filter((name) => name !== "" && parsePromptRef(name) === null),
  };
}

/** The query of a link to these columns; colons and slashes stay readable. */
export function formatLink(columns: ModelRef[]): string {
  const encode = (text: string) => encodeURIComponent(text).replaceAll("%3A", ":").replaceAll("%2F", "/");
  return columns.map((column) => `model=${encode(formatModelRef(column))}`).join("&");
}
