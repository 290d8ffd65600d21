import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "@/lib/core";

export interface Migration {
  name: string;
  sql: string;
  /** sha256 of the file with LF line ends, as Prisma stores it. */
  checksum: string;
}

/** One connection that keeps its session: what the runner needs of either database. */
export interface MigrationSession {
  /** Runs any number of statements without parameters. */
  exec(sql: string): Promise<unknown>;
  rows(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

/** Prisma's own advisory lock, so that its tools and this runner exclude each other. */
const LOCK = 72_707_369;

const historyTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/** The folder of migrations: below the working directory or above this file, wherever a bundler put it. */
export function migrationsDir(): string {
  for (const start of [process.cwd(), dirname(fileURLToPath(import.meta.url))]) {
    for (let dir = start; ; dir = dirname(dir)) {
      const candidate = join(dir, "prisma", "migrations");
      if (existsSync(candidate)) return candidate;
      if (dirname(dir) === dir) break;
    }
  }
  throw new Error("The folder prisma/migrations was not found beside the program.");
}

/** All migrations in their order. */
export function readMigrations(dir = migrationsDir()): Migration[] {
  return readdirSync(/*turbopackIgnore: true*/ dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(dir, name, "migration.sql"), "utf8").replaceAll("\r\n", "\n");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

function requireKnownHistory(applied: Record<string, unknown>[], migrations: Migration[]): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of applied) {
    const name = String(row.migration_name);
    const migration = known.get(name);
    if (!migration) {
      throw new AppError(
        "conflict",
        `The database was changed by a newer version of Tessera (${name}). Start that version, or restore a backup.`,
      );
    }
    if (row.finished_at === null) {
      throw new AppError(
        "conflict",
        `Migration ${name} was left unfinished by another tool. Resolve it with prisma migrate resolve, then start again.`,
      );
    }
    if (row.checksum !== migration.checksum) {
      throw new AppError(
        "conflict",
        `Migration ${name} was changed after it had been applied. Restore the file as it was released.`,
      );
    }
  }
}

/** What was applied to a database. @throws AppError `conflict` when its history is not a beginning of ours. */
export async function requireKnownMigrations(
  session: MigrationSession,
  migrations = readMigrations(),
): Promise<Record<string, unknown>[]> {
  const applied = await session.rows(
    `SELECT "migration_name", "checksum", "finished_at" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`,
  );
  requireKnownHistory(applied, migrations);
  return applied;
}

async function apply(session: MigrationSession, migration: Migration): Promise<void> {
  await session.exec("BEGIN");
  try {
    await session.exec(migration.sql);
    await session.rows(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count") VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await session.exec("COMMIT");
  } catch (cause) {
    await session.exec("ROLLBACK");
    throw new Error(`Migration ${migration.name} failed and was rolled back.`, { cause });
  }
}

/**
 * Applies what is missing, each migration in a transaction of its own, and returns the names applied.
 * @throws AppError `conflict` when the database's history is not a beginning of ours.
 */
export async function migrate(session: MigrationSession, migrations = readMigrations()): Promise<string[]> {
  await session.rows("SELECT pg_advisory_lock($1)", [LOCK]);
  try {
    await session.exec(historyTable);
    const applied = await requireKnownMigrations(session, migrations);
    const done = new Set(applied.map((row) => row.migration_name));
    const missing = migrations.filter((migration) => !done.has(migration.name));
    for (const migration of missing) await apply(session, migration);
    return missing.map((migration) => migration.name);
  } finally {
    await session.rows("SELECT pg_advisory_unlock($1)", [LOCK]);
  }
}
