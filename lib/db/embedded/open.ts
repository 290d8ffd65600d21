import "server-only";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { AppError } from "@/lib/core";
import { DurableNodeFs } from "./durable-fs";
import { fsyncPath, fsyncTree } from "./fsync-tree";

const common = ["-c", "timezone=UTC"];

/** `-F` (fsync off) is among PGlite's defaults and outranks every configuration file, so it is taken out here. */
const durableStart = [
  ...PGlite.defaultStartParams.filter((param) => param !== "-F"),
  ...["-c", "fsync=on", "-c", "full_page_writes=on", "-c", "synchronous_commit=on"],
  // fdatasync is a no-op in WASM whatever the file system does.
  ...["-c", "wal_sync_method=fsync"],
  ...common,
];

/**
 * Makes the folder of a new database under another name, flushes all of it and only then gives it its name:
 * a power cut half way must never leave something that looks like a database.
 */
async function create(dir: string): Promise<void> {
  const parent = dirname(dir);
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  const unfinished = `${dir}.creating`;
  rmSync(unfinished, { recursive: true, force: true });
  // The engine gives its files no protection of their own: the folder's mode has to be right before the first one.
  mkdirSync(unfinished, { mode: 0o700 });
  const pg = await PGlite.create({ dataDir: unfinished });
  await pg.close();
  chmodSync(unfinished, 0o700);
  fsyncTree(unfinished);
  renameSync(unfinished, dir);
  fsyncPath(parent);
}

/** Proves that a commit reaches fsync(2) on the write-ahead log; `show fsync` alone would prove nothing. */
async function requireWalFlush(pg: PGlite, files: DurableNodeFs): Promise<void> {
  const before = files.walFlushes;
  await pg.query("select pg_logical_emit_message(false, 'start-up check', '', true)");
  if (files.walFlushes > before) return;
  await pg.close();
  throw new Error(
    "The database's log is not being flushed to the disk, so commits would not survive a power cut. Not started.",
  );
}

/** Major version of the PostgreSQL inside PGlite, and so of the folders it can read. */
const FORMAT = "18";

function requireReadableFormat(dir: string): void {
  const format = readFileSync(join(dir, "PG_VERSION"), "utf8").trim();
  if (format === FORMAT) return;
  throw new AppError(
    "conflict",
    `The database in ${dir} has format ${format}, this version of Tessera reads ${FORMAT}. Start the version that made it.`,
  );
}

/** Opens, and creates when absent, the embedded database in `dir`. The caller already holds the lock of the data folder. */
export async function openDurable(dir: string, startParams: string[] = durableStart): Promise<PGlite> {
  const path = resolve(dir);
  if (!existsSync(path)) await create(path);
  requireReadableFormat(path);
  const files = new DurableNodeFs(path);
  const pg = await PGlite.create({ fs: files, startParams });
  await requireWalFlush(pg, files);
  return pg;
}

/** Opens a database in memory, from a dump when given: for tests and for working out migrations. */
export function openInMemory(loadDataDir?: Blob): Promise<PGlite> {
  return PGlite.create({ loadDataDir, startParams: [...PGlite.defaultStartParams, ...common] });
}
