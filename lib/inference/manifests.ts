import "server-only";
import type { Dirent } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { AppError, monotonicMs } from "@/lib/core";
import { env, log, single } from "@/lib/core/server";
import { lexicalManifest } from "./core/lexical";
import type { ModelSource } from "./engines/protocol";
import { type ModelManifest, modelManifest } from "./schema";

interface Known {
  found?: { at: number; sources: Promise<ModelSource[]> };
  /** Said once, not on every call. */
  warned: Set<string>;
}

// Every call asks; the folders change when somebody imports a model.
const freshMs = 1000;

const known = () => single<Known>("inference.manifests", () => ({ warned: new Set() }));

/** The models that this server has: built-in, in MODELS_DIR, and the lexical embedder. */
export async function serverModels(): Promise<ModelManifest[]> {
  const sources = await serverModelSources();
  return [...sources.map((source) => source.manifest), lexicalManifest];
}

/** The folder of a model of this server. @throws AppError `not_found` */
export async function serverModelSource(name: string): Promise<ModelSource> {
  const found = (await serverModelSources()).find((source) => source.manifest.name === name);
  if (!found)
    throw new AppError("not_found", `There is no model ${name} on this server.`, { param: "model" });
  return found;
}

/** Makes the next call look into the folders again. */
export function forgetServerModels(): void {
  known().found = undefined;
}

function serverModelSources(): Promise<ModelSource[]> {
  const { found } = known();
  if (found && monotonicMs() - found.at < freshMs) return found.sources;
  const sources = findModelSources([resolve(process.cwd(), "public/models"), env().modelsDir]);
  known().found = { at: monotonicMs(), sources };
  return sources;
}

/** Reads `<folder>/<name>/tessera.json`; of two models of one name the first counts. Bad ones are logged and left out. */
export async function findModelSources(folders: string[]): Promise<ModelSource[]> {
  const sources = new Map<string, ModelSource>();
  for (const folder of folders) {
    for (const name of await subfolders(folder)) {
      const base = join(folder, name);
      try {
        const manifest = await readManifest(base, name);
        if (manifest && !sources.has(manifest.name)) sources.set(manifest.name, { manifest, base });
      } catch (error) {
        warnOnce("A model was left out", base, error);
      }
    }
  }
  return [...sources.values()];
}

async function subfolders(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const isFolder = async (entry: Dirent) =>
      entry.isDirectory() || (entry.isSymbolicLink() && (await stat(join(folder, entry.name))).isDirectory());
    const names = await Promise.all(
      entries.map(async (entry) => ((await isFolder(entry)) ? entry.name : "")),
    );
    return names.filter((name) => name !== "").sort();
  } catch (error) {
    if (!isAbsent(error)) warnOnce("A folder of models cannot be read", folder, error);
    return [];
  }
}

/** Nothing where there is no manifest: a folder that is still being filled, or no model. */
async function readManifest(base: string, name: string): Promise<ModelManifest | undefined> {
  let text: string;
  try {
    text = await readFile(join(base, "tessera.json"), "utf8");
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
  const manifest = modelManifest.parse(JSON.parse(text));
  if (manifest.name !== name)
    throw new AppError("unprocessable", `The folder is called ${name}, its manifest ${manifest.name}.`);
  for (const { path } of manifest.files) requireInside(path);
  return manifest;
}

/** A manifest may come from anywhere: its paths must stay inside its folder. */
function requireInside(path: string): void {
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..") || /[\\\0]|^[a-z]:/i.test(path)) {
    throw new AppError("unprocessable", `tessera.json names a file outside its folder: ${path}`);
  }
}

function warnOnce(what: string, folder: string, error: unknown): void {
  const key = `${folder}\n${String(error)}`;
  if (known().warned.has(key)) return;
  known().warned.add(key);
  log.warn(what, { folder, error });
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
