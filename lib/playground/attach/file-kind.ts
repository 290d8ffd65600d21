export type FileKind = "png" | "jpeg" | "gif" | "webp" | "pdf" | "zip" | "other";

const marks: [FileKind, number, string][] = [
  ["png", 0, "\x89PNG\r\n\x1a\n"],
  ["jpeg", 0, "\xff\xd8\xff"],
  ["gif", 0, "GIF8"],
  ["webp", 8, "WEBP"],
  ["zip", 0, "PK\x03\x04"],
];

const latin = (bytes: Uint8Array) => String.fromCharCode(...bytes);

/** What a file is by its first bytes, whatever its name says. */
export function fileKind(bytes: Uint8Array): FileKind {
  const start = latin(bytes.subarray(0, 16));
  const found = marks.find(([, at, mark]) => start.startsWith(mark, at));
  // Readers take a PDF whose mark stands anywhere in the first kilobyte.
  if (!found && latin(bytes.subarray(0, 1_024)).includes("%PDF-")) return "pdf";
  return found?.[0] ?? "other";
}
