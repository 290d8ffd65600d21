import "server-only";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "@/lib/core";
import { acquireDataLock } from "../data-lock";
import { fsyncPath, fsyncTree } from "../embedded/fsync-tree";
import { openDurable } from "../embedded/open";
import { pgliteSession } from "../embedded/session";
import { requireKnownMigrations } from "../migrations";
import { unpackArchive } from "./archive";
import { type Manifest, parts } from "./manifest";

function requireEmpty(dataDir: string): void {
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) return;
  throw new AppError(
    "conflict",
    `The data folder ${dataDir} is not empty. Restore into another one with --into <folder>.`,
  );
}

/** Opens the database once: its log is replayed, and this program knows its history. */
async function requireUsable(dir: string): Promise<void> {
  const pg = await openDurable(dir);
  try {
    await requireKnownMigrations(pgliteSession(pg));
  } finally {
    await pg.close();
  }
}

/**
 * Restores a backup into an empty or absent data folder and returns its manifest.
 * Nothing carries its final name before every hash was checked and the database was opened.
 */
export async function restoreFrom(file: string, dataDir: string): Promise<Manifest> {
  if (!existsSync(file)) throw new AppError("not_found", `There is no file ${file}.`);
  requireEmpty(dataDir);
  const isNew = !existsSync(dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = await acquireDataLock(dataDir);
  const aside = mkdtempSync(join(dataDir, "restoring-"));
  let restored = false;
  try {
    const list = await unpackArchive(file, aside);
    await requireUsable(join(aside, "db"));
    fsyncTree(aside);
    for (const part of parts) {
      // The database last: without it, what is there still counts as nothing.
      if (part !== "db" && existsSync(join(aside, part))) renameSync(join(aside, part), join(dataDir, part));
    }
    renameSync(join(aside, "db"), join(dataDir, "db"));
    restored = true;
    fsyncPath(dataDir);
    return list;
  } finally {
    rmSync(aside, { recursive: true, force: true });
    await lock.release();
    if (!restored) for (const part of parts) rmSync(join(dataDir, part), { recursive: true, force: true });
    if (!restored && isNew) rmSync(dataDir, { recursive: true, force: true });
  }
}
