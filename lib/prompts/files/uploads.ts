import { AppError, unpackEntry, zipEntries } from "@/lib/core";
import { fileBounds, type PromptFile } from "../file-schema";
import { formatOf } from "./format";

/** An archive is held in memory while it is read. */
const mostArchive = 64_000_000;
/** Of one file, before the server looks at it. */
const mostFile = 4_000_000;

export interface ReadFiles {
  files: PromptFile[];
  /** Paths that hold no prompt by their ending. */
  skipped: string[];
}

const tooLarge = (what: string, most: string) =>
  new AppError("too_large", `${what} is too large: at most ${most}.`);

function textOf(bytes: Uint8Array, path: string): string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new AppError("unprocessable", `${path} is no text in UTF-8.`, { cause });
  }
  if (text.length > fileBounds.text)
    throw tooLarge(path, `${fileBounds.text.toLocaleString("en")} characters`);
  return text;
}

/** What systems put beside files of their own accord. */
const isOurs = (path: string) => !/(^|\/)(__MACOSX\/|\.)/.test(path);

async function archived(file: File): Promise<ReadFiles> {
  if (file.size > mostArchive) throw tooLarge(file.name, "64 MB");
  const bytes = new Uint8Array(await file.arrayBuffer());
  const found: ReadFiles = { files: [], skipped: [] };
  for (const entry of zipEntries(bytes, file.name)) {
    const { path } = entry;
    if (path.endsWith("/") || !isOurs(path)) continue;
    if (!formatOf(path)) {
      found.skipped.push(path);
      continue;
    }
    requireRoom(found.files.length + 1);
    const unpacked = await unpackEntry(bytes, file.name, entry, mostFile);
    if (!unpacked) throw tooLarge(`${path}, unpacked,`, "4 MB");
    found.files.push({ path, text: textOf(unpacked, path) });
  }
  return found;
}

async function single(file: File): Promise<ReadFiles> {
  const path = file.webkitRelativePath || file.name;
  if (!formatOf(path)) return { files: [], skipped: [path] };
  if (file.size > mostFile) throw tooLarge(path, "4 MB");
  return { files: [{ path, text: textOf(new Uint8Array(await file.arrayBuffer()), path) }], skipped: [] };
}

function requireRoom(files: number, characters = 0): void {
  if (files <= fileBounds.files && characters <= fileBounds.characters) return;
  throw new AppError(
    "too_large",
    `These are more than ${fileBounds.files.toLocaleString("en")} files or 32 MB. Import a part at a time.`,
  );
}

/**
 * Prompts in files that somebody chose: Markdown, YAML, and zip archives of both, read in the browser.
 * @throws AppError `unprocessable` for what cannot be read, `too_large`
 */
export async function readUploads(uploads: readonly File[]): Promise<ReadFiles> {
  const files: PromptFile[] = [];
  const skipped: string[] = [];
  for (const upload of uploads) {
    const found = await (/\.zip$/i.test(upload.name) ? archived(upload) : single(upload));
    for (const { path, text } of found.files) {
      // Two archives may hold the same path: each is told apart by where it came from.
      const isTaken = files.some((file) => file.path === path);
      files.push({ path: isTaken ? `${upload.name}/${path}` : path, text });
    }
    skipped.push(...found.skipped);
    requireRoom(
      files.length,
      files.reduce((sum, { text }) => sum + text.length, 0),
    );
  }
  return { files, skipped };
}
