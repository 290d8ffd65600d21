import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dropSingle, single } from "@/lib/core/server";
import { EmbeddedDatabase } from "@/lib/db/embedded/database";
import { openInMemory } from "@/lib/db/embedded/open";
import { pgliteSession } from "@/lib/db/embedded/session";
import { migrate, readMigrations } from "@/lib/db/migrations";
import { openDatabase } from "@/lib/db/server";

const cache = join(process.cwd(), "node_modules", ".cache", "tessera");

function snapshotPath(): string {
  const lock = readFileSync(
    join(process.cwd(), "node_modules", "@electric-sql", "pglite", "package.json"),
    "utf8",
  );
  const hash = createHash("sha256").update(lock);
  for (const migration of readMigrations()) hash.update(migration.checksum);
  return join(cache, `test-database-${hash.digest("hex").slice(0, 16)}.tar`);
}

/** A migrated, empty database as a file: making one takes seconds, loading it does not. */
async function snapshot(): Promise<Blob> {
  const path = snapshotPath();
  if (!existsSync(path)) {
    const pg = await openInMemory();
    await migrate(pgliteSession(pg));
    const bytes = new Uint8Array(await (await pg.dumpDataDir("none")).arrayBuffer());
    await pg.close();
    mkdirSync(cache, { recursive: true });
    const unfinished = `${path}.${randomUUID()}`;
    writeFileSync(unfinished, bytes);
    renameSync(unfinished, path);
  }
  return new Blob([new Uint8Array(readFileSync(path))]);
}

/** Deleting from small tables is far quicker than truncating them, which makes new files. */
const emptyAll = `DO $$
DECLARE t record;
BEGIN
  -- The role of a replica skips foreign keys and the trigger that keeps the audit log from being emptied.
  SET LOCAL session_replication_role = replica;
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' LOOP
    EXECUTE format('DELETE FROM %I', t.tablename);
  END LOOP;
  FOR t IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
    EXECUTE format('ALTER SEQUENCE %I RESTART', t.sequencename);
  END LOOP;
END $$`;

/**
 * The test's database: empty, in memory, at the present schema, and what `db()` answers from now on.
 * One engine serves a whole test file; a second call empties it again.
 */
export async function testDatabase(): Promise<EmbeddedDatabase> {
  const opening = single("test-database", async () =>
    openDatabase({ kind: "memory", snapshot: await snapshot() }),
  );
  opening.catch(() => dropSingle("test-database"));
  const database = await opening;
  if (!(database instanceof EmbeddedDatabase))
    throw new Error("The test database is always the embedded one.");
  await database.engine.exec(emptyAll);
  dropSingle("db");
  single("db", () => Promise.resolve(database));
  return database;
}
