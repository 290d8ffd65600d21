import { parseDocument, stringify } from "yaml";
import { AppError } from "@/lib/core";
import { documentOf, fileHead, fileTemplate, headOf, type PromptDocument, parseFile } from "./document";

const layout = { lineWidth: 0, blockQuote: "literal", aliasDuplicateObjects: false } as const;

/** @throws AppError `invalid` with the line at fault */
export function parseYaml(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    const document = parseDocument(text, { uniqueKeys: true, prettyErrors: true });
    // A tag that is not known is a warning only.
    const [error] = [...document.errors, ...document.warnings];
    if (error) throw error;
    // No anchors: a few lines of them can stand for more than fits into memory.
    value = document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    const [line = ""] = String(cause instanceof Error ? cause.message : cause).split("\n");
    throw new AppError("invalid", `This is not YAML: ${line}`, { cause });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new AppError("invalid", "This is not a prompt: name: and text: are missing.");
}

export const writeYaml = (value: object): string => stringify(value, layout);

/** @throws AppError `invalid` */
export function readYamlFile(text: string): PromptDocument {
  const { text: template, messages, ...head } = parseYaml(text.replace(/^\uFEFF/, ""));
  const parsed = parseFile(fileHead, head);
  const written = {
    ...(template === undefined ? {} : { text: template }),
    ...(messages === undefined ? {} : { messages }),
  };
  if (parsed.type === "text" && typeof template !== "string")
    throw new AppError("invalid", "text: A text prompt has its text here.");
  return documentOf(parsed, parseFile(fileTemplate, { type: parsed.type, ...written }));
}

export function writeYamlFile(document: PromptDocument): string {
  const { content } = document;
  const template = content.type === "text" ? { text: content.text } : { messages: content.messages };
  return writeYaml({ ...headOf(document), ...template });
}
