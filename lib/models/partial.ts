import "server-only";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { AppError, isAppError } from "@/lib/core";
import { acquireDataLock } from "@/lib/db/server";
import { nameConflict } from "./name-conflict";
import { downloadStates, dtype, modelName } from "./schema";

/**
 * `MODELS_DIR/.partial/<name>/`: `journal.json` and `files/`, which becomes the model's folder in one
 * rename once every file in it is verified. Until then no engine looks there.
 */
const folder = ".partial";

const journalFile = z.object({
  path: z.string(),
  size: z.number().int().nonnegative(),
  /** As the hub announced. */
  sha256: z.string().optional(),
  gitSha1: z.string().optional(),
  /** As computed over the verified file; absent until then. */
  verified: z.string().optional(),
  etag: z.string().optional(),
});
export type JournalFile = z.infer<typeof journalFile>;

const journal = z.object({
  version: z.literal(1),
  name: modelName,
  hub: z.string(),
  repository: z.string(),
  revision: z.string(),
  sha: z.string(),
  dtype,
  graph: z.string(),
  license: z.string(),
  task: z.enum(["chat", "embedding"]).optional(),
  parameters: z.number().int().optional(),
  context: z.number().int().optional(),
  description: z.string().optional(),
  files: z.array(journalFile).min(1),
  /** `checking`: every file is here, and what is in them is looked at. Not gone on with unasked. */
  state: z.enum([...downloadStates, "checking"]).exclude(["done"]),
  reason: z
    .object({ code: z.string(), message: z.string(), needs: z.literal("token").optional() })
    .optional(),
  createdAt: z.iso.datetime(),
});
/** What a download was begun with and how far it is; on the disk, so that another process can go on. */
export type Journal = z.infer<typeof journal>;

export const partialFolder = (modelsDir: string, name = "") => join(modelsDir, folder, name);
export const partialFiles = (modelsDir: string, name: string) =>
  join(partialFolder(modelsDir, name), "files");

/** Names of the folders of unfinished models. */
export async function findPartials(modelsDir: string): Promise<string[]> {
  try {
    const entries = await readdir(partialFolder(modelsDir), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && modelName.safeParse(entry.name).success)
      .map(({ name }) => name);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** Nothing where there is none, or one that this version cannot read. */
export async function readJournal(modelsDir: string, name: string): Promise<Journal | undefined> {
  try {
    const text = await readFile(join(partialFolder(modelsDir, name), "journal.json"), "utf8");
    const parsed = journal.safeParse(JSON.parse(text));
    return parsed.success && parsed.data.name === name ? parsed.data : undefined;
  } catch (error) {
    if (isAbsent(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Replaces the journal; after a crash it is the old or the new one. */
export async function writeJournal(modelsDir: string, data: Journal): Promise<void> {
  const path = join(partialFolder(modelsDir, data.name), "journal.json");
  await writeDurably(`${path}.new`, `${JSON.stringify(data, null, 1)}\n`);
  await rename(`${path}.new`, path);
}

/** Writes a file and waits until the disk has it. */
export async function writeDurably(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the names in a folder durable; Windows does so by itself. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export interface Held {
  release(): Promise<void>;
}

const holdTries = 3;
const holdRetryMs = 40;

/** Makes this process the only one that works on a model. @throws AppError `conflict` while another does. */
export async function holdPartial(modelsDir: string, name: string): Promise<Held> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await hold(modelsDir, name);
    } catch (error) {
      // Another process may only have looked whether it is held.
      if (!isAppError(error) || error.code !== "conflict" || tries === holdTries) throw error;
      await wait(holdRetryMs);
    }
  }
}

/** As `holdPartial`, for what is not a download. @throws AppError `conflict` where an unfinished one has the name */
export async function holdNew(modelsDir: string, name: string): Promise<Held> {
  await requireNoDownload(modelsDir, name);
  const held = await holdPartial(modelsDir, name);
  try {
    // One may have begun before the name was held.
    await requireNoDownload(modelsDir, name);
    return held;
  } catch (error) {
    await held.release();
    throw error;
  }
}

/** @throws AppError `conflict` */
export async function requireNoDownload(modelsDir: string, name: string): Promise<void> {
  const known = await readJournal(modelsDir, name);
  if (known) throw unfinishedConflict(known);
}

export function unfinishedConflict({ name, repository, sha, dtype, hub }: Journal): AppError {
  return nameConflict(
    `${name} is an unfinished download of ${repository} (${dtype}) at commit ${sha} from ${hub}. Finish or discard it first, or give this one another name.`,
  );
}

async function hold(modelsDir: string, name: string): Promise<Held> {
  try {
    return await acquireDataLock(partialFolder(modelsDir, name));
  } catch (error) {
    if (!isAppError(error) || error.code !== "unavailable") throw error;
    // The same code stands for a folder that cannot be written.
    if (error.cause !== undefined) {
      throw new AppError("unavailable", `${modelsDir} cannot be written.`, { cause: error.cause });
    }
    throw new AppError("conflict", `Another process is fetching ${name} now.`, { cause: error });
  }
}

/** Whether another process works on a model now. */
export async function isHeldElsewhere(modelsDir: string, name: string): Promise<boolean> {
  try {
    await (await hold(modelsDir, name)).release();
    return false;
  } catch (error) {
    if (isAppError(error) && error.code === "conflict") return true;
    throw error;
  }
}

export async function removePartial(modelsDir: string, name: string): Promise<void> {
  await rm(partialFolder(modelsDir, name), { recursive: true, force: true });
}

/** Bytes on the disk by path, of files whole and in part. */
export async function bytesOnDisk(modelsDir: string, data: Journal): Promise<Map<string, number>> {
  const base = partialFiles(modelsDir, data.name);
  const sizes = await Promise.all(
    data.files.map(async ({ path, size, verified }): Promise<[string, number]> => {
      if (verified) return [path, size];
      const found = (await sizeOf(join(base, path))) || (await sizeOf(join(base, `${path}.part`)));
      return [path, Math.min(found, size)];
    }),
  );
  return new Map(sizes);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isAbsent(error)) return 0;
    throw error;
  }
}

export function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
