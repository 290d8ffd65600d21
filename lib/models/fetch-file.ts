import "server-only";
import { createHash, type Hash } from "node:crypto";
import { type FileHandle, mkdir, open, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { AppError, isAppError } from "@/lib/core";
import { openFile } from "./hub";
import { connectionFailure, type HubAccess, type HubAnswer, refusalOf } from "./hub-http";
import { isAbsent, type JournalFile } from "./partial";

/** What the download of one model needs from around it. */
export interface FetchRun {
  hub: HubAccess;
  repository: string;
  sha: string;
  /** Where its files go. */
  folder: string;
  signal: AbortSignal;
  /** Waits before a connection is tried again, in milliseconds; progress begins them anew. */
  retryDelaysMs: readonly number[];
  /** @throws AppError `disk_full` */
  requireRoom(bytes: number): Promise<void>;
  /** Bytes of `file` that are on the disk now. */
  onBytes(file: JournalFile, bytes: number): void;
  /** The hub asked to wait, or did not answer. */
  onWait(file: JournalFile, waitMs: number): void;
}

/** What is flushed to the disk at once, and the room that is asked for before it is fetched. */
const partBytes = 8 * 1024 * 1024;
const readBytes = 1024 * 1024;
/** A hub that asks for more patience than this is left alone; somebody resumes later. */
const longestWaitMs = 120_000;

const short = (hash = "") => `${hash.slice(0, 12)}…`;

/** sha256 of the content, and git's hash of it, which small files are known by. */
class FileHash {
  readonly #sha256: Hash = createHash("sha256");
  readonly #git: Hash | undefined;

  constructor(file: JournalFile) {
    if (file.sha256 === undefined) this.#git = createHash("sha1").update(`blob ${file.size}\0`);
  }

  update(bytes: Uint8Array): void {
    this.#sha256.update(bytes);
    this.#git?.update(bytes);
  }

  /** The sha256, if the content is the announced one. */
  verify(file: JournalFile): { sha256: string; wrong?: string } {
    const sha256 = this.#sha256.digest("hex");
    const git = this.#git?.digest("hex");
    if (file.sha256 !== undefined && sha256 !== file.sha256)
      return { sha256, wrong: `sha256 ${short(sha256)} instead of ${short(file.sha256)}` };
    if (file.sha256 === undefined && git !== file.gitSha1)
      return { sha256, wrong: `git hash ${short(git)} instead of ${short(file.gitSha1)}` };
    return { sha256 };
  }
}

/**
 * Fetches a file, or what is missing of it, and returns the sha256 of its verified content. A cut connection
 * is taken up where it ended.
 * @throws AppError once trying again is of no use; what is on the disk stays for the next time.
 */
export async function fetchFile(run: FetchRun, file: JournalFile): Promise<string> {
  let tries = 0;
  let farthest = 0;
  for (;;) {
    const state: Attempt = { at: 0 };
    try {
      return await attempt(run, file, state);
    } catch (error) {
      run.signal.throwIfAborted();
      const failure = asFailure(error, run, file, state.at);
      if (state.at > farthest) tries = 0;
      farthest = Math.max(farthest, state.at);
      const delay = delayBefore(run, failure, tries);
      if (delay === undefined) throw failure;
      tries += 1;
      run.onWait(file, delay);
      await wait(delay, undefined, { signal: run.signal });
    }
  }
}

interface Attempt {
  /** Bytes on the disk. */
  at: number;
}

function delayBefore(run: FetchRun, failure: AppError, tries: number): number | undefined {
  const mayPass = failure.code === "unavailable" || failure.code === "rate_limited";
  const usual = run.retryDelaysMs[tries];
  if (!mayPass || usual === undefined) return undefined;
  const asked = (failure.retryAfter ?? 0) * 1000;
  return asked > longestWaitMs ? undefined : Math.max(usual, asked);
}

function asFailure(error: unknown, run: FetchRun, file: JournalFile, at: number): AppError {
  if (isAppError(error)) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOSPC" || code === "EDQUOT") return diskFull(run.folder, error);
  if (/^E(ACCES|PERM|ROFS|IO|MFILE|NFILE)$/.test(code)) {
    return new AppError("unprocessable", `${run.folder} cannot be written (${code}).`, { cause: error });
  }
  return at > 0 ? cutOff(run, file, at, error) : connectionFailure(error, run.hub.address);
}

function cutOff(run: FetchRun, { path, size }: JournalFile, at: number, cause?: unknown): AppError {
  const message = `The connection to ${run.hub.address} ended after ${at} of ${size} bytes of ${path}.`;
  return new AppError("unavailable", message, { cause });
}

export function diskFull(folder: string, cause?: unknown): AppError {
  return new AppError("disk_full", `The disk of ${folder} is full. Free some space, then resume.`, { cause });
}

async function attempt(run: FetchRun, file: JournalFile, state: Attempt): Promise<string> {
  const path = join(run.folder, file.path);
  const known = await verifyFinished(run, file, path);
  if (known) return known;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const part = `${path}.part`;
  const handle = await openPart(part);
  let sha256: string;
  try {
    sha256 = await fill(run, file, state, handle);
  } finally {
    await handle.close();
  }
  await rename(part, path);
  return sha256;
}

/** A file that was complete when the process ended, but not in the journal yet. */
async function verifyFinished(run: FetchRun, file: JournalFile, path: string): Promise<string | undefined> {
  try {
    if ((await stat(path)).size !== file.size) return undefined;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
  const handle = await open(path, "r");
  try {
    const hash = new FileHash(file);
    await hashSoFar(run, file, handle, file.size, hash);
    const { sha256, wrong } = hash.verify(file);
    return wrong === undefined ? sha256 : undefined;
  } finally {
    await handle.close();
  }
}

async function openPart(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r+");
  } catch (error) {
    if (!isAbsent(error)) throw error;
    return open(path, "w+", 0o600);
  }
}

async function hashSoFar(
  run: FetchRun,
  file: JournalFile,
  handle: FileHandle,
  size: number,
  hash: FileHash,
): Promise<void> {
  const buffer = Buffer.alloc(Math.min(readBytes, Math.max(1, size)));
  for (let at = 0; at < size; ) {
    run.signal.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, size - at), at);
    if (bytesRead === 0) throw new AppError("unavailable", `${file.path} became shorter while it was read.`);
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}

async function fill(run: FetchRun, file: JournalFile, state: Attempt, handle: FileHandle): Promise<string> {
  let from = (await handle.stat()).size;
  if (from > file.size) from = await empty(handle);
  let hash = new FileHash(file);
  await hashSoFar(run, file, handle, from, hash);
  state.at = from;
  run.onBytes(file, from);
  if (from < file.size || file.size === 0) {
    const answer = await openFile(
      run.hub,
      { repository: run.repository, sha: run.sha, path: file.path },
      { from, etag: file.etag },
      run.signal,
    );
    const start = await startOf(run, file, answer, from, handle);
    if (start === 0 && from > 0) {
      // The whole file comes although its rest was asked for.
      hash = new FileHash(file);
      await empty(handle);
      state.at = 0;
      run.onBytes(file, 0);
    }
    file.etag = strongEtag(answer);
    await append(run, file, state, handle, answer, hash);
  }
  const { sha256, wrong } = hash.verify(file);
  if (wrong === undefined) return sha256;
  await empty(handle);
  run.onBytes(file, 0);
  state.at = 0;
  // The first part may be what a crash left; the whole file is asked for once more.
  if (from > 0) return fill(run, file, state, handle);
  throw new AppError("unprocessable", `${file.path} did not match its hash (${wrong}).`);
}

async function empty(handle: FileHandle): Promise<0> {
  await handle.truncate(0);
  return 0;
}

/** Where the body of an answer begins in the file. @throws AppError when it is not what was asked for. */
async function startOf(
  run: FetchRun,
  file: JournalFile,
  answer: HubAnswer,
  from: number,
  handle: FileHandle,
): Promise<number> {
  const { status, headers } = answer;
  const refuse = (error: AppError) => {
    answer.body.destroy();
    return error;
  };
  const announced = headers["content-length"] === undefined ? undefined : Number(headers["content-length"]);
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    throw refuse(new AppError("unprocessable", `${file.path} comes as ${encoding}, not as it is.`));
  }
  if (status === 200) {
    requireLength(file, announced, file.size, refuse);
    return 0;
  }
  if (status === 206) {
    const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers["content-range"] ?? "");
    const isRest =
      Number(range?.[1]) === from && (range?.[3] === "*" || Number(range?.[3]) === file.size) && from > 0;
    if (!isRest) {
      throw refuse(
        new AppError("unprocessable", `The hub sent another part of ${file.path} than asked for.`),
      );
    }
    requireLength(file, announced, file.size - from, refuse);
    return from;
  }
  if (status === 416 && from > 0) {
    answer.body.destroy();
    // What is here does not fit what is there; the file is begun anew.
    await empty(handle);
    file.etag = undefined;
    run.onBytes(file, 0);
    throw new AppError("unavailable", `The hub has no rest of ${file.path} after ${from} bytes.`);
  }
  throw await refusalOf(run.hub, answer, { repository: run.repository, path: file.path });
}

function requireLength(
  file: JournalFile,
  announced: number | undefined,
  expected: number,
  refuse: (error: AppError) => AppError,
): void {
  if (announced === undefined || announced === expected) return;
  throw refuse(
    new AppError(
      "unprocessable",
      `The hub announces ${announced} bytes of ${file.path} where its list of files leads to ${expected}.`,
    ),
  );
}

function strongEtag({ headers }: HubAnswer): string | undefined {
  const { etag } = headers;
  return etag?.startsWith('"') && etag.length < 300 ? etag : undefined;
}

async function append(
  run: FetchRun,
  file: JournalFile,
  state: Attempt,
  handle: FileHandle,
  answer: HubAnswer,
  hash: FileHash,
): Promise<void> {
  let synced = state.at;
  await run.requireRoom(Math.min(partBytes, file.size - state.at));
  try {
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      if (state.at + chunk.length > file.size) {
        await empty(handle);
        throw new AppError(
          "unprocessable",
          `The hub sends more of ${file.path} than its ${file.size} bytes.`,
        );
      }
      await writeAll(handle, chunk, state.at);
      hash.update(chunk);
      state.at += chunk.length;
      run.onBytes(file, state.at);
      if (state.at - synced < partBytes) continue;
      await handle.datasync();
      synced = state.at;
      await run.requireRoom(Math.min(partBytes, file.size - state.at));
    }
  } finally {
    answer.body.destroy();
    if (state.at > synced) await handle.datasync();
  }
  if (state.at < file.size) throw cutOff(run, file, state.at);
}

async function writeAll(handle: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}
