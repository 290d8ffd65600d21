import type { PlaygroundDocument } from "../document";
import { toCsv } from "./csv";
import { toJson } from "./json";
import { toMarkdown } from "./markdown";

export type ExportFormat = "markdown" | "json" | "csv";

export interface ExportFile {
  format: ExportFormat;
  name: string;
  type: string;
  text: string;
}

const endings = { markdown: "md", json: "json", csv: "csv" } as const;
const mediaTypes = { markdown: "text/markdown", json: "application/json", csv: "text/csv" } as const;

/** A file's name from a title: letters, digits and hyphens, and never a name that a system keeps for itself. */
export function fileNameOf(title: string, ending: string): string {
  const name = title
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80)
    .replace(/-+$/, "")
    .toWellFormed();
  const kept = /^(con|prn|aux|nul|com\d|lpt\d)?$/.test(name);
  return `${kept ? `comparison${name && `-${name}`}` : name}.${ending}`;
}

/** A comparison as a file in one of the formats. */
export function exportFile(
  format: ExportFormat,
  title: string,
  document: PlaygroundDocument,
  exportedAt: Date,
): ExportFile {
  const text = {
    markdown: () => toMarkdown(title, document, exportedAt),
    json: () => toJson(title, document, exportedAt),
    // Excel takes a file without this mark for one in the machine's old code page.
    csv: () => `\uFEFF${toCsv(document)}`,
  }[format]();
  return {
    format,
    name: fileNameOf(title, endings[format]),
    type: `${mediaTypes[format]};charset=utf-8`,
    text,
  };
}
