import "server-only";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, mkdirSync, readdirSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { AppError } from "@/lib/core";
import { isBackupPath, type Manifest, type ManifestFile, manifest } from "./manifest";
import { readTar, tarEnd, tarHeader, tarPadding } from "./tar";

type Facts = Omit<Manifest, "files" | "folders" | "format">;

const MANIFEST = "manifest.json";
const MAX_MANIFEST = 64 * 1024 * 1024;

interface Tree {
  folders: string[];
  files: string[];
}

function walk(root: string, dir = root, found: Tree = { folders: [], files: [] }): Tree {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const full = join(dir, entry.name);
    const path = relative(root, full).split(sep).join("/");
    if (entry.isDirectory()) {
      found.folders.push(path);
      walk(root, full, found);
    } else found.files.push(path);
  }
  return found;
}

async function* packed(root: string, facts: Facts): AsyncGenerator<Buffer> {
  const tree = walk(root);
  const files: ManifestFile[] = [];
  for (const path of tree.files) {
    const { size } = statSync(join(root, path));
    const hash = createHash("sha256");
    yield tarHeader({ path, size });
    for await (const chunk of createReadStream(join(root, path))) {
      hash.update(chunk as Buffer);
      yield chunk as Buffer;
    }
    yield tarPadding(size);
    files.push({ path, size, sha256: hash.digest("hex") });
  }
  const list: Manifest = { format: "tessera-backup-1", ...facts, folders: tree.folders, files };
  const text = Buffer.from(JSON.stringify(list));
  yield tarHeader({ path: MANIFEST, size: text.length });
  yield text;
  yield tarPadding(text.length);
  yield tarEnd;
}

/** Packs everything below `root` into one new file, flushed to the disk. */
export async function packArchive(root: string, file: string, facts: Facts): Promise<void> {
  await pipeline(
    Readable.from(packed(root, facts)),
    createGzip({ level: 4 }),
    createWriteStream(file, { flags: "wx", mode: 0o600 }),
  );
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function damaged(file: string, cause?: unknown): AppError {
  const why = cause instanceof Error ? ` ${cause.message}` : "";
  return new AppError("unprocessable", `${file} is not a whole backup.${why} Nothing was restored.`, {
    cause,
  });
}

async function unpackFile(content: AsyncIterable<Buffer>, to: string): Promise<string> {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  const hash = createHash("sha256");
  const hashed = async function* () {
    for await (const chunk of content) {
      hash.update(chunk);
      yield chunk;
    }
  };
  await pipeline(Readable.from(hashed()), createWriteStream(to, { flags: "wx", mode: 0o600 }));
  return hash.digest("hex");
}

async function readManifest(content: AsyncIterable<Buffer>, size: number): Promise<Manifest> {
  if (size > MAX_MANIFEST) throw new Error("Its list is too long.");
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return manifest.parse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
}

async function unpackTo(stream: AsyncIterable<Buffer>, to: string): Promise<Manifest> {
  const found = new Map<string, string>();
  let list: Manifest | undefined;
  for await (const { path, size, content } of readTar(stream)) {
    if (list) throw new Error("Something follows its list of files.");
    if (path === MANIFEST) list = await readManifest(content, size);
    // The list comes last, so a path has to prove itself before anything is written to it.
    else if (isBackupPath(path)) found.set(path, await unpackFile(content, join(to, path)));
    else throw new Error(`It holds something unexpected: ${JSON.stringify(path)}.`);
  }
  if (!list) throw new Error("Its list of files is missing.");
  if (list.files.length !== found.size) throw new Error("Files are missing or too many.");
  for (const { path, sha256 } of list.files) {
    if (found.get(path) !== sha256) throw new Error(`${path} was changed or is missing.`);
  }
  for (const folder of list.folders) mkdirSync(join(to, folder), { recursive: true, mode: 0o700 });
  return list;
}

/** Unpacks a backup into the empty folder `to` and checks every hash. @throws AppError `unprocessable` when it is not whole. */
export async function unpackArchive(file: string, to: string): Promise<Manifest> {
  try {
    return await pipeline(createReadStream(file), createGunzip(), (stream) => unpackTo(stream, to));
  } catch (cause) {
    throw damaged(file, cause);
  }
}
