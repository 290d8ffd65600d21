import "server-only";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import type { ModelManifest } from "@/lib/inference";
import { chooseVariant, importedName, refuseAt } from "./choose-variant";
import type { Variant } from "./files";
import { holdNew, isAbsent, partialFiles, removePartial } from "./partial";
import { publish, requireFree } from "./publish";
import type { ImportInput } from "./schema";

interface FoundFile {
  path: string;
  size: number;
  /** Where its content is, links followed. */
  target: string;
}

/** What an import would copy. */
export interface ImportPlan {
  name: string;
  variant: Variant<FoundFile>;
}

const refuse = (message: string, cause?: unknown) => refuseAt("folder", message, cause);

/** Looks into a folder of this machine. @throws AppError `unprocessable` naming what is missing or leads out. */
export async function planImport(modelsDir: string, input: ImportInput): Promise<ImportPlan> {
  const { folder, dtype } = input;
  if (!isAbsolute(folder)) throw refuse("Enter the whole path of the folder.");
  const root = await realFolder(folder);
  const own = await realpath(modelsDir).catch(() => modelsDir);
  if (root === own || root.startsWith(own + sep))
    throw refuse("This folder is among the models of this server.");
  const variant = chooseVariant(await filesOf(root), dtype, folder, "folder");
  return { name: input.name ?? importedName(basename(root), variant.dtype), variant };
}

async function realFolder(folder: string): Promise<string> {
  try {
    const root = await realpath(folder);
    if ((await stat(root)).isDirectory()) return root;
  } catch (cause) {
    throw refuse(`${folder} cannot be read.`, cause);
  }
  throw refuse(`${folder} is no folder.`);
}

/** Folders that a model's files are in; others are not looked into. */
const looked = ["", "onnx", "1_Pooling"];

async function filesOf(root: string): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const folder of looked) {
    for (const name of await namesIn(join(root, folder))) {
      const path = folder ? `${folder}/${name}` : name;
      const target = await targetOf(root, path);
      const { size } = await stat(target);
      if ((await stat(target)).isFile()) found.push({ path, size, target });
    }
  }
  return found;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (isAbsent(error)) return [];
    throw refuse(`${folder} cannot be read.`, error);
  }
}

/** A link may lead anywhere: only its target counts, and that must be inside. */
async function targetOf(root: string, path: string): Promise<string> {
  const target = await realpath(join(root, path)).catch((cause: unknown) => {
    throw refuse(`${path} leads nowhere.`, cause);
  });
  const inside = relative(root, target);
  if (inside.startsWith("..") || isAbsolute(inside)) throw refuse(`${path} leads out of the folder.`);
  return target;
}

/** Copies a folder's model to the others, computing what it is known by. @throws AppError `conflict` when the name is taken. */
export async function importModel(
  modelsDir: string,
  { name, variant }: ImportPlan,
  signal: AbortSignal,
): Promise<ModelManifest> {
  await requireFree(modelsDir, name);
  await mkdir(modelsDir, { recursive: true, mode: 0o700 });
  const held = await holdNew(modelsDir, name);
  try {
    const folder = partialFiles(modelsDir, name);
    const files: ModelManifest["files"] = [];
    for (const { path, target } of variant.files) {
      files.push({ path, ...(await copy(target, join(folder, path), signal)) });
    }
    const { dtype, graph } = variant;
    return await publish(modelsDir, { name, dtype, graph, license: "unknown" }, files);
  } finally {
    await removePartial(modelsDir, name);
    await held.release();
  }
}

/** Copies and hashes in one pass: what is written is what was hashed. */
async function copy(
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<{ size: number; sha256: string }> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const out = await open(to, "w", 0o600);
  try {
    const hash = createHash("sha256");
    let size = 0;
    for await (const chunk of createReadStream(from, { signal, highWaterMark: 1024 * 1024 })) {
      hash.update(chunk as Buffer);
      await out.writeFile(chunk as Buffer);
      size += (chunk as Buffer).length;
    }
    await out.sync();
    return { size, sha256: hash.digest("hex") };
  } finally {
    await out.close();
  }
}
