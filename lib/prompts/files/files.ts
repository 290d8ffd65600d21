import { AppError } from "@/lib/core";
import type { PromptDocument } from "./document";
import { type FileFormat, formatOf } from "./format";
import { readMarkdownFile, writeMarkdownFile } from "./markdown";
import { readYamlFile, writeYamlFile } from "./yaml";

export { type FileFormat, formatOf } from "./format";

/** What no file system minds; anything else is written as its bytes, so that no name can leave its folder. */
const inFileName = (name: string) =>
  name
    .replace(/[^\p{L}\p{N}_-]/gu, (sign) =>
      encodeURIComponent(sign).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`),
    )
    .replace(/^(con|prn|aux|nul|com\d|lpt\d)$/i, "%$&");

/** `main/support/triage.md`. The name that counts stands in the file. */
export const pathOf = (fullName: string, format: FileFormat): string =>
  `${fullName.split(".").map(inFileName).join("/")}.${format === "yaml" ? "yaml" : "md"}`;

/** @throws AppError `invalid` */
export function readPromptFile(path: string, text: string): PromptDocument {
  const format = formatOf(path);
  if (!format) throw new AppError("invalid", "Prompts are read from .md and .yaml files.");
  return format === "yaml" ? readYamlFile(text) : readMarkdownFile(text);
}

export const writePromptFile = (format: FileFormat, document: PromptDocument): string =>
  format === "yaml" ? writeYamlFile(document) : writeMarkdownFile(document);
