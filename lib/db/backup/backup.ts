import "server-only";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { AppError } from "@/lib/core";
import { env } from "@/lib/core/server";
import { callControl } from "../control";
import { acquireDataLock } from "../data-lock";
import type { Database } from "../database";
import { EmbeddedDatabase } from "../embedded/database";
import { fsyncPath } from "../embedded/fsync-tree";
import { migrationsDir } from "../migrations";
import { packArchive } from "./archive";
import { copyNow } from "./copy";

export const backupRequest = z.strictObject({
  /** Absolute, not existing yet. */
  file: z.string().min(1),
  /** Whether the secret key goes in as well: then the file alone opens everything that is encrypted in it. */
  withKey: z.boolean().default(false),
});

type BackupRequest = z.input<typeof backupRequest>;

function programVersion(): string {
  const path = join(dirname(dirname(migrationsDir())), "package.json");
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(path, "utf8"))).version;
}

function requireNew(file: string): void {
  if (existsSync(file)) throw new AppError("conflict", `${file} exists already. Name a new file.`);
  if (!existsSync(dirname(file))) throw new AppError("invalid", `There is no folder ${dirname(file)}.`);
}

async function packCopy(
  dataDir: string,
  copy: (to: string) => Promise<void>,
  request: BackupRequest,
): Promise<void> {
  const { file, withKey } = backupRequest.parse(request);
  requireNew(file);
  const aside = mkdtempSync(join(dataDir, "backup-"));
  try {
    await copy(aside);
    const postgresql = readFileSync(join(aside, "db", "PG_VERSION"), "utf8").trim();
    const hasKey = existsSync(join(aside, "secret.key"));
    if (withKey && !hasKey) {
      throw new AppError(
        "invalid",
        "There is no secret.key in the data folder: SECRET_KEY is the key, keep that yourself.",
      );
    }
    const createdAt = new Date().toISOString();
    await packArchive(aside, file, { createdAt, tessera: programVersion(), postgresql, withKey: hasKey });
    fsyncPath(dirname(file));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST"))
      rmSync(file, { force: true });
    throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function notEmbedded(): AppError {
  return new AppError(
    "invalid",
    "The database is PostgreSQL: back it up with pg_dump, and keep DATA_DIR/secret.key beside the dump.",
  );
}

/** Backs up the open database and what belongs to it, consistently, while it goes on working. */
export function backupOpen(database: Database, dataDir: string, request: BackupRequest): Promise<void> {
  if (!(database instanceof EmbeddedDatabase)) throw notEmbedded();
  const { engine } = database;
  const copy = async (to: string) => {
    await engine.exec("CHECKPOINT");
    await engine.runExclusive(async () => copyNow(dataDir, to, request.withKey ?? false));
  };
  return packCopy(dataDir, copy, request);
}

/** Backs up a data folder that no process uses. */
async function backupFolder(dataDir: string, request: BackupRequest): Promise<void> {
  if (!existsSync(join(dataDir, "db")))
    throw new AppError("not_found", `There is no database in ${dataDir} yet.`);
  const lock = await acquireDataLock(dataDir);
  try {
    await packCopy(dataDir, async (to) => copyNow(dataDir, to, request.withKey ?? false), request);
  } finally {
    await lock.release();
  }
}

/** Backs up the configured data folder: through the process that uses it, or directly when none does. */
export async function backupTo(file: string, options: { withKey?: boolean } = {}): Promise<void> {
  const { dataDir, DATABASE_URL } = env();
  if (DATABASE_URL) throw notEmbedded();
  const request: BackupRequest = { file, withKey: options.withKey };
  if (await callControl(dataDir, "backup", request)) return;
  await backupFolder(dataDir, request);
}
