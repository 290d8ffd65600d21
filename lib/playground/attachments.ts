import { byteCount } from "@/lib/core";
import { decodeText } from "./attach/decode-text";
import { docxText } from "./attach/docx-text";
import { fileKind } from "./attach/file-kind";
import { imageUrl } from "./attach/image-url";
import { pdfText } from "./attach/pdf-text";
import { refusal, tooLarge } from "./attach/refusal";
import { type Attachment, bounds } from "./document";
import { localId } from "./workspace";

const mostBytes = 40_000_000;
const taken = "Text, PDF, Word (.docx), PNG, JPEG, WebP and GIF can be attached.";

/** The last part of a path, on one line. */
function nameOf(file: File): string {
  const name = file.name
    .split(/[\\/]/)
    .at(-1)
    ?.replace(/[\p{C}\s]+/gu, " ")
    .trim();
  return Array.from(name || "file")
    .slice(0, 100)
    .join("");
}

function withText(name: string, text: string): Attachment {
  if (text.trim() === "") throw refusal(name, "has no text.");
  if (text.length > bounds.text) throw tooLarge(name, `${bounds.text.toLocaleString("en")} characters`);
  return { kind: "text", id: localId(), name, text };
}

/**
 * A file as it goes along with a message: its words, or an image made small. Happens in this browser alone.
 * @throws AppError in words for a file that is too large, damaged, or of a type that is not taken.
 */
export async function readAttachment(file: File): Promise<Attachment> {
  const name = nameOf(file);
  if (file.size > mostBytes) throw tooLarge(name, byteCount(mostBytes));
  if (file.size === 0) throw refusal(name, "is empty.");
  const bytes = new Uint8Array(await file.arrayBuffer());
  const kind = fileKind(bytes);
  if (kind === "pdf") return withText(name, await pdfText(bytes, name));
  if (kind === "zip") return withText(name, await docxText(bytes, name));
  if (kind !== "other") return { kind: "image", id: localId(), name, url: await imageUrl(bytes, kind, name) };
  const text = decodeText(bytes);
  if (text !== undefined) return withText(name, text);
  const type = file.type || /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] || "of an unknown type";
  throw refusal(name, `is ${type}, which is not taken. ${taken}`);
}
