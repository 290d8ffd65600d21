import "server-only";
import { open } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ModelManifest } from "@/lib/inference";
import { unpack } from "./archive/unpack";
import { readZipDirectory, refuse, type ZipEntry } from "./archive/zip-directory";
import { chooseVariant, importedName } from "./choose-variant";
import type { Variant } from "./files";
import { holdNew, partialFiles, removePartial } from "./partial";
import { publish, requireFree } from "./publish";
import type { ArchiveInput } from "./schema";

interface ArchivedFile extends ZipEntry {
  /** Its own place in the archive; `path` is that in the model. */
  entry: ZipEntry;
}

/** What an import would unpack. */
export interface ArchivePlan {
  name: string;
  license: string;
  variant: Variant<ArchivedFile>;
}

/** Looks into an archive without unpacking it. @throws AppError `unprocessable` naming what is missing or does harm */
export async function planArchive(archive: string, bytes: number, input: ArchiveInput): Promise<ArchivePlan> {
  const file = await open(archive, "r");
  try {
    const files = modelFiles(await readZipDirectory(file, bytes));
    const variant = chooseVariant(files, input.dtype, "The archive", "file");
    const base = basename(input.file.replaceAll("\\", "/")).replace(/\.zip$/i, "");
    return {
      name: input.name ?? importedName(base, variant.dtype),
      license: input.license || "unknown",
      variant,
    };
  } finally {
    await file.close();
  }
}

/** A model may lie in a folder of the archive: the one with the outermost config.json. */
function modelFiles(entries: readonly ZipEntry[]): ArchivedFile[] {
  const roots = entries
    .filter(({ path }) => basename(path) === "config.json")
    .map(({ path }) => path.slice(0, -"config.json".length))
    .sort((a, b) => depth(a) - depth(b));
  const [root, other] = roots;
  if (root === undefined) throw refuse("The archive has no config.json.");
  if (other !== undefined && depth(other) === depth(root)) {
    throw refuse(`The archive holds several models: ${root} and ${other}. Pack one of them.`);
  }
  return entries
    .filter(({ path }) => path.startsWith(root))
    .map((entry) => ({ ...entry, path: entry.path.slice(root.length), entry }));
}

const depth = (folder: string) => folder.split("/").length;

/** Unpacks an archive's model to the others, or leaves nothing. @throws AppError `conflict` when the name is taken */
export async function unpackModel(
  modelsDir: string,
  archive: string,
  { name, license, variant }: ArchivePlan,
  signal: AbortSignal,
): Promise<ModelManifest> {
  await requireFree(modelsDir, name);
  const held = await holdNew(modelsDir, name);
  try {
    const folder = partialFiles(modelsDir, name);
    const files: ModelManifest["files"] = [];
    for (const { path, entry } of variant.files) {
      files.push({ path, ...(await unpack(archive, entry, join(folder, path), signal)) });
    }
    const { dtype, graph } = variant;
    return await publish(modelsDir, { name, dtype, graph, license }, files);
  } finally {
    await removePartial(modelsDir, name);
    await held.release();
  }
}
