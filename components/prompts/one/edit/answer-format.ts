import type { ResponseFormat } from "@/lib/inference";
import type { AnswerFormat } from "@/lib/playground";

/** A stored format as it stands in the editor. */
export function formatOf(format: ResponseFormat | null): AnswerFormat {
  const blank = { schema: "", pattern: "" };
  if (!format || format.type === "text") return { type: "text", ...blank };
  if (format.type === "regex") return { type: "regex", ...blank, pattern: format.pattern };
  if (format.type === "json_schema")
    return { type: "json_schema", ...blank, schema: JSON.stringify(format.json_schema.schema, null, 2) };
  return { type: "json_object", ...blank };
}

function schemaOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    // Half a schema is what is being typed.
    return undefined;
  }
}

/** What the editor says as it is stored; null is plain text, undefined what cannot be stored yet. */
export function responseFormatOf(
  { type, schema, pattern }: AnswerFormat,
  before: ResponseFormat | null,
): ResponseFormat | null | undefined {
  if (type === "text") return null;
  if (type === "json_object") return { type };
  if (type === "regex") return pattern === "" ? undefined : { type, pattern };
  const read = schemaOf(schema);
  if (!read) return undefined;
  const kept = before?.type === "json_schema" ? before.json_schema : { name: "answer", strict: true };
  return { type, json_schema: { ...kept, schema: read } };
}
