import { chatParameters, type ResponseFormat } from "@/lib/inference";
import type { PromptContent, PromptVariable } from "./content";
import { type DiffRow, diffRows } from "./diff-rows";
import { isSame } from "./merge/hash";

/** One setting in both contents; what neither sets has no row. */
export interface ConfigurationRow {
  /** `model`, `parameters.temperature`, `responseFormat`, `variables.tone`, … */
  path: string;
  /** In words; null where it is not set. */
  before: string | null;
  after: string | null;
  changed: boolean;
  /** Of a changed value of several lines, such as a schema. */
  lines: DiffRow[] | null;
}

function variableWords({ type, default: value, description }: PromptVariable): string {
  const kind = type.type === "choice" ? `one of ${type.options.join(", ")}` : type.type;
  const rest = value === undefined ? ", needed" : `, else “${value}”`;
  return `${kind}${rest}${description === "" ? "" : `. ${description}`}`;
}

function formatWords(format: ResponseFormat | null): string | null {
  if (!format) return null;
  if (format.type === "json_schema") return JSON.stringify(format.json_schema, null, 2);
  if (format.type === "regex") return format.pattern;
  return format.type === "json_object" ? "JSON" : "text";
}

const words = (value: unknown): string | null =>
  value === undefined || value === null ? null : typeof value === "string" ? value : JSON.stringify(value);

type Setting = [path: string, before: string | null, after: string | null, changed: boolean];

function settings(before: PromptContent, after: PromptContent): Setting[] {
  const of = <Value>(
    path: string,
    pick: (content: PromptContent) => Value,
    say: (value: Value) => string | null,
  ) => {
    const [old, now] = [pick(before), pick(after)];
    return [path, say(old), say(now), !isSame(old, now)] satisfies Setting;
  };
  const names = new Set([...before.variables, ...after.variables].map(({ name }) => name));
  return [
    of("model", ({ model }) => model, words),
    ...chatParameters
      .keyof()
      .options.map((name) => of(`parameters.${name}`, ({ parameters }) => parameters[name], words)),
    of("responseFormat", ({ responseFormat }) => responseFormat, formatWords),
    ...[...names].map((name) =>
      of(
        `variables.${name}`,
        ({ variables }) => variables.find((variable) => variable.name === name),
        (variable) => (variable ? variableWords(variable) : null),
      ),
    ),
  ];
}

/** Everything of two contents besides their texts. */
export function diffConfiguration(before: PromptContent, after: PromptContent): ConfigurationRow[] {
  return settings(before, after).flatMap(([path, old, now, changed]) => {
    if (old === null && now === null) return [];
    const isLong = changed && `${old ?? ""}${now ?? ""}`.includes("\n");
    return { path, before: old, after: now, changed, lines: isLong ? diffRows(old, now).rows : null };
  });
}
