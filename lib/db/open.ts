import "server-only";
import { join } from "node:path";
import { dropSingle, env, single } from "@/lib/core/server";
import { backupOpen, backupRequest } from "./backup/backup";
import { handleControl, startControl } from "./control";
import { acquireDataLock } from "./data-lock";
import type { Database } from "./database";
import { EmbeddedDatabase } from "./embedded/database";
import { DiskSpace, freeBytesOf } from "./embedded/disk-space";
import { openDurable, openInMemory } from "./embedded/open";
import { pgliteSession } from "./embedded/session";
import { type Migration, migrate } from "./migrations";
import { openPostgresql } from "./postgresql";

type Place =
  | { kind: "memory"; snapshot?: Blob }
  /** The caller holds the data folder's lock. */
  | { kind: "folder"; dir: string; freeBytes?: () => number }
  | { kind: "postgresql"; url: string };

export type OpenOptions = Place & { migrations?: Migration[] };

/** Opens a database and brings it to the present schema. The application calls `db()` instead. */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  if (options.kind === "postgresql") return openPostgresql(options.url, options.migrations);
  const pg =
    options.kind === "memory" ? await openInMemory(options.snapshot) : await openDurable(options.dir);
  try {
    await migrate(pgliteSession(pg), options.migrations);
    if (options.kind === "memory") return new EmbeddedDatabase(pg);
    const { dir, freeBytes = () => freeBytesOf(dir) } = options;
    const database = new EmbeddedDatabase(pg, new DiskSpace(freeBytes));
    await database.startUpkeep();
    return database;
  } catch (error) {
    await pg.close();
    throw error;
  }
}

async function openConfigured(): Promise<Database> {
  // A page that touched the database while it is being built would open the data folder in a build worker.
  if (process.env.NEXT_PHASE === "phase-production-build") {
    throw new Error("The database is not opened during a build: make the page dynamic.");
  }
  const { dataDir, DATABASE_URL } = env();
  const lock = await acquireDataLock(dataDir);
  try {
    const database = await openDatabase(
      DATABASE_URL ? { kind: "postgresql", url: DATABASE_URL } : { kind: "folder", dir: join(dataDir, "db") },
    );
    handleControl("backup", (args) => backupOpen(database, dataDir, backupRequest.parse(args)));
    const control = await startControl(dataDir);
    const close = database.close.bind(database);
    database.close = async () => {
      await control.close();
      await close();
      await lock.release();
    };
    return database;
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** The process's database: its folder locked, opened, and brought to the present schema by the first call. */
export function db(): Promise<Database> {
  return single("db", () => {
    const opening = openConfigured();
    opening.catch(() => dropSingle("db"));
    return opening;
  });
}
