import { AppError, byteCount, isAppError } from "@/lib/core";
import { chatFilesOf } from "../chat-files";
import { Sha256 } from "../core/sha256";
import { runsInBrowser } from "../model-weights";
import { messageBreathe } from "./breathe";
import { brokenFile, bytesOf } from "./browser-files";
import { baseOf, fetchSource, urlOf } from "./browser-source";
import { fetchParts } from "./fetch-parts";
import { isLocked, withFileLock } from "./file-lock";
import { findEntries, KeptFile, type ModelFile, openCache, partCountOf } from "./kept-file";
import type { ModelSource } from "./protocol";

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

export interface BrowserRoom {
  /** Bytes that this workbench takes in this browser. */
  used: number;
  /** Bytes that it may take. */
  allowed: number;
}

export interface FetchProgress {
  bytes: number;
  total: number;
  /** The hash of a file is computed. */
  checking: boolean;
}

interface DownloadOptions {
  /** Pauses it: whole parts stay, and the next download goes on from there. */
  signal?: AbortSignal;
  onProgress?(progress: FetchProgress): void;
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
  const kept = await Promise.all(
    files.map(async (file) => bytesOf(file, await keptOf(cache, source, file).parts())),
  );
  const whole = await Promise.all(files.map((file) => keptOf(cache, source, file).isWhole()));
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

/**
 * Fetches what is missing of a model and verifies each file before it counts. Of two tabs that ask for the same
 * file one fetches and the other waits.
 * @throws AppError `disk_full` naming what is needed and what is free, `unavailable` when it was cut,
 * `unprocessable` when a file is not the announced one; what `signal` aborted with when it was paused
 */
export async function downloadToBrowser(
  name: string,
  { signal, onProgress = () => {} }: DownloadOptions = {},
): Promise<void> {
  const cache = await requireCache();
  const source = await fetchSource(name, signal);
  if (!runsInBrowser(source.manifest))
    throw new AppError("unprocessable", `${name} does not run in a browser.`, { param: "model" });
  askToPersist();
  // The small ones first: what is wrong with them shows before the large ones are fetched.
  const files = chatFilesOf(source.manifest).sort((a, b) => a.size - b.size);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const here = new Map<string, number>();
  const tell = (file: ModelFile, bytes: number, checking = false) => {
    here.set(file.path, bytes);
    onProgress({ bytes: [...here.values()].reduce((sum, each) => sum + each, 0), total, checking });
  };
  for (const file of files) {
    const kept = keptOf(cache, source, file);
    await kept.dropOthers();
    tell(file, bytesOf(file, await kept.parts()));
  }
  const needed = () => total - [...here.values()].reduce((sum, each) => sum + each, 0);
  const room = await browserRoom();
  if (room && needed() > room.allowed - room.used) throw noRoom(name, needed(), room);
  for (const file of files) {
    const kept = keptOf(cache, source, file);
    await withFileLock(
      urlOf(source, file.path),
      () =>
        completeFile({ source, file, kept, signal, tell: (bytes, checking) => tell(file, bytes, checking) }),
      { signal, onWait: async () => tell(file, bytesOf(file, await kept.parts())) },
    ).catch(async (error: unknown) => {
      if (!isQuotaExceeded(error)) throw error;
      tell(file, bytesOf(file, await kept.parts()));
      throw noRoom(name, needed(), await browserRoom(), error);
    });
  }
}

let isAsked = false;

/** What people fetched on purpose is not to be cleared behind their backs. Some browsers ask them first, so nobody waits. */
function askToPersist(): void {
  if (isAsked) return;
  isAsked = true;
  void navigator.storage?.persist?.().catch(() => false);
}

interface FileDownload {
  source: ModelSource;
  file: ModelFile;
  kept: KeptFile;
  signal: AbortSignal | undefined;
  tell(bytes: number, checking?: boolean): void;
}

/** @throws DOMException `QuotaExceededError` when there is no room for a part */
async function completeFile(run: FileDownload): Promise<void> {
  const { source, file, kept, signal, tell } = run;
  if (await kept.isWhole()) return tell(file.size);
  const parts = await kept.parts();
  const missing = new Set(
    Array.from({ length: partCountOf(file) }, (_, part) => part).filter((part) => !parts.has(part)),
  );
  let here = bytesOf(file, parts);
  await fetchParts({
    url: urlOf(source, file.path),
    file,
    missing,
    signal,
    onBytes: (count) => {
      here += count;
      tell(here);
    },
    onPart: async (part, bytes) => {
      // What is one part is verified before it is kept, what has several when the last one is there.
      if (partCountOf(file) === 1) requireHash(run, new Sha256().update(bytes).hex());
      await kept.keep(part, bytes);
    },
  });
  if (partCountOf(file) > 1) await verify(run);
  await kept.setVerified();
}

const sliceBytes = 2 ** 20;

/** Reads the parts again, one at a time: a file may be larger than what a page can hold. */
async function verify(run: FileDownload): Promise<void> {
  const { file, kept, signal, tell } = run;
  tell(file.size, true);
  const breathe = messageBreathe();
  const hash = new Sha256();
  for (let part = 0; part < partCountOf(file); part++) {
    const bytes = await kept.read(part);
    if (!bytes)
      throw new AppError("conflict", `${run.source.manifest.name} was deleted while it was fetched.`);
    for (let at = 0; at < bytes.length; at += sliceBytes) {
      hash.update(bytes.subarray(at, at + sliceBytes));
      await breathe();
      signal?.throwIfAborted();
    }
  }
  const sha256 = hash.hex();
  if (sha256 !== file.sha256) await kept.drop();
  requireHash(run, sha256);
}

function requireHash({ source, file }: FileDownload, sha256: string): void {
  if (sha256 !== file.sha256) throw brokenFile(source, file, sha256);
}

/** Deletes what is kept of a model, in all its versions. */
export async function removeFromBrowser(name: string): Promise<void> {
  const cache = await requireCache();
  for (const { request } of await findEntries(cache, `${baseOf(name)}/`)) await cache.delete(request);
}

/** Nothing where the browser does not tell. */
export async function browserRoom(): Promise<BrowserRoom | undefined> {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  return usage === undefined || quota === undefined ? undefined : { used: usage, allowed: quota };
}

function keptOf(cache: Cache, source: ModelSource, file: ModelFile): KeptFile {
  return new KeptFile(cache, urlOf(source, file.path), file);
}

async function requireCache(): Promise<Cache> {
  const cache = await openCache();
  if (cache) return cache;
  throw new AppError("unavailable", "This browser lets the workbench keep no files at this address.");
}

function isQuotaExceeded(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

/** Browsers may promise more than they give, so that pages cannot tell disks apart: what is known to be wrong is not said. */
function noRoom(name: string, needed: number, room: BrowserRoom | undefined, cause?: unknown): AppError {
  const free = room ? Math.max(0, room.allowed - room.used) : Number.POSITIVE_INFINITY;
  const is = free < needed ? `${byteCount(free)} is free` : "less is free";
  return new AppError("disk_full", `${name} needs ${byteCount(needed)} more in this browser, and ${is}.`, {
    cause,
  });
}
