import { isAppError } from "@/lib/core";
import { chatFilesOf } from "../chat-files";
import { bytesOf } from "./browser-files";
import { baseOf, fetchSource } from "./browser-source";
import { isLocked } from "./file-lock";
import { findEntries, keptFile, openCache, requireCache } from "./kept-file";

export { downloadToBrowser } from "./browser-download";
export { browserRoom } from "./browser-room";

/** A model as this browser keeps it. */
export interface BrowserModel {
  name: string;
  /** Bytes of the files that running it reads; nothing where the workbench no longer has it. */
  total?: number;
  /** Of them, bytes that are here. */
  kept: number;
  /** Bytes of versions that are not served any more. */
  outdated: number;
  /** Everything is here and was verified. */
  complete: boolean;
  /** A tab or a run of this browser fetches or reads it now. */
  busy: boolean;
}

/** Whether pages may keep files here: not over plain HTTP from another machine, nor in some private windows. */
export async function canKeepModels(): Promise<boolean> {
  return (await openCache()) !== undefined;
}

/** What is kept of these models, and of any others. @throws AppError when the workbench does not answer */
export async function findBrowserModels(served: readonly string[]): Promise<BrowserModel[]> {
  const cache = await requireCache();
  const names = new Set(served);
  for (const { path } of await findEntries(cache, "/")) {
    const name = /^\/models\/([^/]+)\//.exec(path)?.[1] ?? /^\/api\/models\/([^/]+)\/files\//.exec(path)?.[1];
    if (name !== undefined) names.add(name);
  }
  const found = await Promise.all([...names].map((name) => findModel(cache, name, served.includes(name))));
  return found.filter((model) => model !== undefined);
}

async function findModel(cache: Cache, name: string, isServed: boolean): Promise<BrowserModel | undefined> {
  const source = isServed ? await fetchSource(name).catch(ifAbsent) : undefined;
  const entries = await findEntries(cache, `${baseOf(name)}/`);
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const busy = await isLocked(`${baseOf(name)}/`);
  if (!source) return bytes > 0 ? { name, kept: 0, outdated: bytes, complete: false, busy } : undefined;
  const files = chatFilesOf(source.manifest);
  const copies = files.map((file) => ({ file, kept: keptFile(cache, source, file) }));
  const kept = await Promise.all(copies.map(async ({ file, kept }) => bytesOf(file, await kept.parts())));
  const whole = await Promise.all(copies.map(({ kept }) => kept.isWhole()));
  const sum = kept.reduce((total, each) => total + each, 0);
  return {
    name,
    total: files.reduce((total, { size }) => total + size, 0),
    kept: sum,
    outdated: bytes - sum,
    complete: whole.every(Boolean),
    busy,
  };
}

function ifAbsent(error: unknown): undefined {
  if (!isAppError(error) || error.code !== "not_found") throw error;
}

/** Deletes what is kept of a model, in all its versions. */
export async function removeFromBrowser(name: string): Promise<void> {
  const cache = await requireCache();
  for (const { request } of await findEntries(cache, `${baseOf(name)}/`)) await cache.delete(request);
}
