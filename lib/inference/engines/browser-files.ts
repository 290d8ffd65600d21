import { AppError, sha256Hex } from "@/lib/core";
import { urlOf } from "./browser-source";
import { fetchParts } from "./fetch-parts";
import { withFileLock } from "./file-lock";
import {
  type KeptFile,
  keptFile,
  type ModelFile,
  openCache,
  partBytes,
  partCountOf,
  partSizeOf,
} from "./kept-file";
import type { ModelSource } from "./protocol";

interface FileRead {
  url: string;
  file: ModelFile;
  /** Absent where nothing can be kept. */
  kept: KeptFile | undefined;
  /** Bytes that are here by now. */
  report(bytes: number): void;
}

/**
 * Reads a file of a model, from this browser's parts of it and from our own origin, and verifies it either way.
 * Without room for a copy the model still runs; what could not be kept is fetched again next time.
 * @throws AppError `unprocessable` naming the file and the expected sha256
 */
export async function readModelFile(
  source: ModelSource,
  path: string,
  onBytes: (count: number) => void,
): Promise<Uint8Array> {
  const file = source.manifest.files.find((entry) => entry.path === path);
  if (!file) throw new AppError("unprocessable", `${source.manifest.name} has no ${path} among its files.`);
  const url = urlOf(source, path);
  const cache = await openCache();
  const kept = cache && keptFile(cache, source, file);
  let told = 0;
  const report = (bytes: number) => {
    if (bytes > told) onBytes(bytes - told);
    told = Math.max(told, bytes);
  };
  const run: FileRead = { url, file, kept, report };
  const onWait = kept && (async () => report(bytesOf(file, await kept.parts())));
  const bytes = await withFileLock(url, () => readFile(run), { onWait });
  if (bytes instanceof Uint8Array) return bytes;
  throw brokenFile(source, file, bytes.sha256);
}

export function bytesOf(file: ModelFile, parts: Iterable<number>): number {
  return [...parts].reduce((sum, part) => sum + partSizeOf(file, part), 0);
}

export function brokenFile({ manifest }: ModelSource, file: ModelFile, sha256: string): AppError {
  return new AppError(
    "unprocessable",
    `${manifest.name}: ${file.path} has sha256 ${sha256}; expected ${file.size} bytes with sha256 ${file.sha256}.`,
  );
}

/** The file, or the wrong hash that it has. */
async function readFile(run: FileRead): Promise<Uint8Array | { sha256: string }> {
  const { file, kept } = run;
  await kept?.dropOthers();
  const bytes = new Uint8Array(file.size);
  const missing = await readKept(run, bytes);
  const keep = whileThereIsRoom();
  if (missing.size === 0) {
    if ((await sha256Hex(bytes)) === file.sha256) {
      // A download may have been cut between its last part and its check.
      await keep(() => kept?.setVerified());
      return bytes;
    }
    // The copy has spoilt: the file itself may be as it should.
    await kept?.drop();
    for (let part = 0; part < partCountOf(file); part++) missing.add(part);
  }
  let here = file.size - bytesOf(file, missing);
  await fetchParts({
    url: run.url,
    file,
    missing,
    onBytes: (count) => {
      here += count;
      run.report(here);
    },
    onPart: async (part, content) => {
      bytes.set(content, part * partBytes);
      // A file of one part is kept once it is verified.
      if (partCountOf(file) > 1) await keep(() => kept?.keep(part, content));
    },
  });
  const sha256 = await sha256Hex(bytes);
  if (sha256 !== file.sha256) {
    await kept?.drop();
    return { sha256 };
  }
  if (partCountOf(file) === 1) await keep(() => kept?.keep(0, bytes));
  await keep(() => kept?.setVerified());
  return bytes;
}

/** Puts the parts that are here in their places; returns the others. */
async function readKept({ file, kept, report }: FileRead, bytes: Uint8Array): Promise<Set<number>> {
  const missing = new Set<number>();
  let here = 0;
  for (let part = 0; part < partCountOf(file); part++) {
    const content = await kept?.read(part);
    if (content) {
      bytes.set(content, part * partBytes);
      here += content.length;
      report(here);
    } else missing.add(part);
  }
  return missing;
}

/** Once there was no room it is not tried again. */
function whileThereIsRoom() {
  let hasRoom = true;
  return async (keep: () => Promise<void> | undefined) => {
    if (!hasRoom) return;
    try {
      await keep();
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      hasRoom = false;
    }
  };
}
