import { AppError, Sha256 } from "@/lib/core";
import { chatFilesOf } from "../chat-files";
import { runsInBrowser } from "../model-weights";
import { messageBreathe } from "./breathe";
import { brokenFile, bytesOf } from "./browser-files";
import { askToPersist, browserRoom, isQuotaExceeded, noRoom, requireRoom } from "./browser-room";
import { fetchSource, urlOf } from "./browser-source";
import { fetchParts } from "./fetch-parts";
import { withFileLock } from "./file-lock";
import { type KeptFile, keptFile, type ModelFile, partCountOf, requireCache } from "./kept-file";
import type { ModelSource } from "./protocol";

export interface FetchProgress {
  /** Bytes that are here. */
  bytes: number;
  total: number;
  /** Of them, bytes that this download has fetched. */
  fetched: number;
  /** The hash of a file is computed. */
  checking: boolean;
}

interface DownloadOptions {
  /** Pauses it: whole parts stay, and the next download goes on from there. */
  signal?: AbortSignal;
  onProgress?(progress: FetchProgress): void;
}

/** How far a download is, over all files. */
class Ledger {
  readonly #here = new Map<string, number>();
  readonly #total: number;
  readonly #onProgress: NonNullable<DownloadOptions["onProgress"]>;
  #fetched = 0;

  constructor(files: readonly ModelFile[], onProgress: NonNullable<DownloadOptions["onProgress"]>) {
    this.#total = files.reduce((sum, { size }) => sum + size, 0);
    this.#onProgress = onProgress;
  }

  get missing(): number {
    return this.#total - this.#bytes;
  }

  get #bytes(): number {
    return [...this.#here.values()].reduce((sum, each) => sum + each, 0);
  }

  /** So many bytes of a file are here. */
  set({ path }: ModelFile, bytes: number, checking = false): void {
    this.#here.set(path, bytes);
    this.#onProgress({ bytes: this.#bytes, total: this.#total, fetched: this.#fetched, checking });
  }

  addFetched(file: ModelFile, bytes: number): void {
    this.#fetched += bytes;
    this.set(file, (this.#here.get(file.path) ?? 0) + bytes);
  }
}

interface FileDownload {
  source: ModelSource;
  file: ModelFile;
  kept: KeptFile;
  ledger: Ledger;
  signal: AbortSignal | undefined;
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
  const ledger = new Ledger(files, onProgress);
  const runs = files.map((file) => ({ source, file, kept: keptFile(cache, source, file), ledger, signal }));
  for (const run of runs) {
    await run.kept.dropOthers();
    await count(run);
  }
  await requireRoom(name, ledger.missing);
  for (const run of runs) await downloadFile(run);
}

async function count({ ledger, file, kept }: FileDownload): Promise<void> {
  ledger.set(file, bytesOf(file, await kept.parts()));
}

async function downloadFile(run: FileDownload): Promise<void> {
  const { source, file, signal, ledger } = run;
  try {
    const options = { signal, onWait: () => count(run) };
    await withFileLock(urlOf(source, file.path), () => completeFile(run), options);
  } catch (error) {
    if (!isQuotaExceeded(error)) throw error;
    await count(run);
    throw noRoom(source.manifest.name, ledger.missing, await browserRoom(), error);
  }
}

/** @throws DOMException `QuotaExceededError` when there is no room for a part */
async function completeFile(run: FileDownload): Promise<void> {
  const { source, file, kept, signal, ledger } = run;
  await count(run);
  if (await kept.isWhole()) return;
  const parts = await kept.parts();
  const all = Array.from({ length: partCountOf(file) }, (_, part) => part);
  await fetchParts({
    url: urlOf(source, file.path),
    file,
    missing: new Set(all.filter((part) => !parts.has(part))),
    signal,
    onBytes: (bytes) => ledger.addFetched(file, bytes),
    onPart: async (part, bytes) => {
      // What is one part is verified before it is kept, what has several when the last one is there.
      if (partCountOf(file) === 1) requireHash(run, new Sha256().update(bytes).hex());
      await kept.keep(part, bytes);
    },
  });
  if (partCountOf(file) > 1) await verify(run);
  await kept.setVerified();
  await count(run);
}

const sliceBytes = 2 ** 20;

/** Reads the parts again, one at a time: a file may be larger than what a page can hold. */
async function verify(run: FileDownload): Promise<void> {
  const { source, file, kept, signal, ledger } = run;
  ledger.set(file, file.size, true);
  const breathe = messageBreathe();
  const hash = new Sha256();
  for (let part = 0; part < partCountOf(file); part++) {
    const bytes = await kept.read(part);
    if (!bytes) throw new AppError("conflict", `${source.manifest.name} was deleted while it was fetched.`);
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
