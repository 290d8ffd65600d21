import "server-only";
import type { FileHandle } from "node:fs/promises";
import { byteCount } from "@/lib/core";
import { refuseAt } from "../choose-variant";
import { isInside } from "../files";

const endMark = 0x06054b50;
const endMark64 = 0x06064b50;
const locatorMark = 0x07064b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const full16 = 0xffff;
const full32 = 0xffffffff;

const mostEntries = 2_000;
const mostDirectoryBytes = 4 * 1024 * 1024;
/** Weights hardly shrink; what grows more than this is made to fill a disk. */
const mostGrowth = 200;
const smallBytes = 64 * 1024 * 1024;

/** Encrypted in one way or another. */
const encryptedFlags = 0x2041;
const typeBits = 0o170000;
const plainTypes = [0, 0o100000, 0o040000];

/** A file of an archive, checked: its name stays inside, its bytes are its own. */
export interface ZipEntry {
  path: string;
  /** Unpacked, as announced; unpacking holds it to that. */
  size: number;
  crc: number;
  isDeflated: boolean;
  /** Where its packed bytes lie. */
  from: number;
  to: number;
}

interface Listed extends Omit<ZipEntry, "from" | "to"> {
  packed: number;
  method: number;
  at: number;
}

/** The archive cannot be used, and why. */
export const refuse = (message: string, cause?: unknown) => refuseAt("file", message, cause);
const damaged = (what: string, cause?: unknown) => refuse(`The archive is damaged: ${what}.`, cause);

/**
 * The files of a zip archive, without unpacking anything.
 * @throws AppError `unprocessable` for what is cut or contradicts itself, and for names, links and sizes made to do harm
 */
export async function readZipDirectory(file: FileHandle, bytes: number): Promise<ZipEntry[]> {
  const { at, size, count } = await findDirectory(file, bytes);
  const listed = readListed(await read(file, at, size), count);
  const entries: ZipEntry[] = [];
  let end = 0;
  for (const entry of [...listed].sort((a, b) => a.at - b.at)) {
    if (entry.at < end) throw refuse(`The archive gives the same bytes twice, at ${entry.path}.`);
    const placed = await place(file, entry, at);
    end = placed.to;
    if (!entry.path.endsWith("/")) entries.push(placed);
  }
  return entries;
}

async function read(file: FileHandle, at: number, length: number): Promise<DataView> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, at);
  if (bytesRead < length) throw damaged("it ends early");
  return new DataView(buffer.buffer, buffer.byteOffset, length);
}

interface Directory {
  at: number;
  size: number;
  count: number;
}

/** The directory stands right before the end record, or something was put between or cut away. */
async function findDirectory(file: FileHandle, bytes: number): Promise<Directory> {
  const length = Math.min(bytes, 22 + full16);
  if (length < 22) throw refuse("This is no zip archive.");
  const tail = await read(file, bytes - length, length);
  let end = length - 22;
  while (end >= 0 && !isEnd(tail, end, length)) end -= 1;
  if (end < 0) throw refuse("This is no zip archive, or it was cut: its end is missing.");
  const one = {
    count: tail.getUint16(end + 10, true),
    size: tail.getUint32(end + 12, true),
    at: tail.getUint32(end + 16, true),
  };
  const isLarge = one.count === full16 || one.size === full32 || one.at === full32;
  const before = bytes - length + end;
  const found = isLarge ? await findLarge(file, before) : { ...one, end: before };
  if (found.at + found.size !== found.end) throw damaged("its directory is not where it says");
  if (found.count > mostEntries)
    throw refuse(`The archive has ${found.count} files; ${mostEntries} at most.`);
  if (found.size > mostDirectoryBytes) throw refuse("The archive’s directory is too large.");
  return found;
}

function isEnd(tail: DataView, at: number, length: number): boolean {
  return tail.getUint32(at, true) === endMark && at + 22 + tail.getUint16(at + 20, true) === length;
}

async function findLarge(file: FileHandle, before: number): Promise<Directory & { end: number }> {
  if (before < 20) throw damaged("its end is missing");
  const locator = await read(file, before - 20, 20);
  const end = Number(locator.getBigUint64(8, true));
  if (locator.getUint32(0, true) !== locatorMark || end + 56 > before) throw damaged("its end is missing");
  const record = await read(file, end, 56);
  if (record.getUint32(0, true) !== endMark64) throw damaged("its end is missing");
  return {
    count: Number(record.getBigUint64(32, true)),
    size: Number(record.getBigUint64(40, true)),
    at: Number(record.getBigUint64(48, true)),
    end,
  };
}

function readListed(view: DataView, count: number): Listed[] {
  const entries: Listed[] = [];
  const names = new Set<string>();
  let at = 0;
  try {
    for (let index = 0; index < count; index += 1) {
      if (view.getUint32(at, true) !== entryMark) throw damaged("its directory is cut");
      const entry = readEntry(view, at);
      requireHarmless(entry, view.getUint32(at + 38, true), view.getUint16(at + 8, true));
      // Systems that do not tell cases apart would write one over the other.
      const name = entry.path.toLowerCase();
      if (names.has(name)) throw refuse(`The archive has ${entry.path} twice.`);
      names.add(name);
      entries.push(entry);
      at +=
        46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
  } catch (error) {
    if (error instanceof RangeError) throw damaged("its directory is cut", error);
    throw error;
  }
  if (at !== view.byteLength) throw damaged("its directory holds more than it counts");
  return entries;
}

function nameAt(view: DataView, at: number, length: number): string {
  try {
    const bytes = new Uint8Array(view.buffer, view.byteOffset + at, length);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw refuse("A name in the archive is not UTF-8.", cause);
  }
}

function readEntry(view: DataView, at: number): Listed {
  const nameLength = view.getUint16(at + 28, true);
  const method = view.getUint16(at + 10, true);
  const entry = {
    path: nameAt(view, at + 46, nameLength),
    method,
    isDeflated: method === 8,
    crc: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    at: view.getUint32(at + 42, true),
  };
  const extra = at + 46 + nameLength;
  return { ...entry, ...largeFields(view, extra, extra + view.getUint16(at + 30, true), entry) };
}

/** Sizes beyond 4 GiB stand in an extra field, in this order, those that have no room elsewhere. */
function largeFields(
  view: DataView,
  from: number,
  to: number,
  entry: Pick<Listed, "size" | "packed" | "at">,
): Partial<Listed> {
  const wanted = (["size", "packed", "at"] as const).filter((field) => entry[field] === full32);
  if (wanted.length === 0) return {};
  for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1 || view.getUint16(at + 2, true) < wanted.length * 8) continue;
    return Object.fromEntries(
      wanted.map((field, index) => [field, Number(view.getBigUint64(at + 4 + index * 8, true))]),
    );
  }
  throw damaged("a size is missing");
}

/** @throws AppError `unprocessable` for what no model needs and an attack does. */
function requireHarmless(entry: Listed, attributes: number, flags: number): void {
  const { path, size, packed, method } = entry;
  const name = JSON.stringify(path.slice(0, 200));
  if (!isInside(path.replace(/\/$/, ""))) {
    throw refuse(`The archive names a file outside its folder: ${name}. Nothing was unpacked.`);
  }
  const type = (attributes >>> 16) & typeBits;
  if (!plainTypes.includes(type))
    throw refuse(`${name} is a link or a device, not a file. Nothing was unpacked.`);
  if ((flags & encryptedFlags) !== 0) throw refuse(`${name} is encrypted. Pack it without a password.`);
  if (method !== 0 && method !== 8) {
    throw refuse(`${name} is packed in a way that is not known here. Use deflate, or none.`);
  }
  if (method === 0 && size !== packed) throw damaged(`the sizes of ${name} differ`);
  if (size > smallBytes && size > packed * mostGrowth) {
    throw refuse(
      `${name} would grow from ${byteCount(packed)} to ${byteCount(size)}: weights do not. Nothing was unpacked.`,
    );
  }
}

/** Where the bytes of an entry lie; its own header must say what the directory says. */
async function place(file: FileHandle, entry: Listed, directory: number): Promise<ZipEntry> {
  const { path, size, crc, isDeflated, packed, method } = entry;
  if (entry.at + 30 > directory) throw damaged(`${path} lies outside`);
  const head = await read(file, entry.at, 30);
  const nameLength = head.getUint16(26, true);
  const from = entry.at + 30 + nameLength + head.getUint16(28, true);
  const to = from + packed;
  if (head.getUint32(0, true) !== localMark || to > directory) throw damaged(`${path} lies outside`);
  const name = nameAt(await read(file, entry.at + 30, nameLength), 0, nameLength);
  if (name !== path || head.getUint16(8, true) !== method) {
    throw damaged(`${path} is called ${JSON.stringify(name.slice(0, 200))} in another place`);
  }
  return { path, size, crc, isDeflated, from, to };
}
