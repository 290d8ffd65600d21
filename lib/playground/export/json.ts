import type { PlaygroundDocument } from "../document";

/** The document itself, in an envelope that says what it is, to be read in again. */
export function toJson(title: string, document: PlaygroundDocument, exportedAt: Date): string {
  const envelope = {
    format: "tessera.playground",
    version: 1,
    exportedAt: exportedAt.toISOString(),
    title,
    document,
  };
  return `${JSON.stringify(envelope, null, 2)}\n`;
}
