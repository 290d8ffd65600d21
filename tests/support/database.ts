import { createHash, randomUUID } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { dropSingle, single } from "@/lib/core/server";
import { EmbeddedDatabase } from "@/lib/db/embedded/database";
import { openInMemory } from "@/lib/db/embedded/open";
import { pgliteSession } from "@/lib/db/embedded/session";
import { migrate, readMigrations } from "@/lib/db/migrations";
import { openDatabase } from "@/lib/db/server";
import { testFolder } from "./folder";

const modules = join(process.cwd(), "node_modules");

/** Makes something slow once for the present engine and migrations; other test runs find it. */
async function madeOnce(name: string, make: (path: string) => Promise<void>): Promise<string> {
  const engine = readFileSync(join(modules, "@electric-sql", "pglite", "package.json"), "utf8");
  const hash = createHash("sha256").update(engine);
  for (const migration of readMigrations()) hash.update(migration.checksum);
  const folder = join(modules, ".cache", "tessera");
  const path = join(folder, `${name}-${hash.digest("hex").slice(0, 16)}`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${path}.${randomUUID()}`;
  await make(unfinished);
  // Another process may have been quicker, with the same result.
  if (existsSync(path)) rmSync(unfinished, { recursive: true });
  else renameSync(unfinished, path);
  return path;
}

/** The path of a dump of an empty database at the present schema. */
export function testSnapshot(): Promise<string> {
  return madeOnce("test-snapshot", async (file) => {
    const pg = await openInMemory();
    await migrate(pgliteSession(pg));
    const dump = await pg.dumpDataDir("none");
    await pg.close();
    writeFileSync(file, new Uint8Array(await dump.arrayBuffer()));
  });
}

async function loadSnapshot(): Promise<Blob> {
  return new Blob([new Uint8Array(readFileSync(await testSnapshot()))]);
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
    openDatabase({ kind: "memory", snapshot: await loadSnapshot() }),
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

/** A data folder of the test's own with an empty database in it, as a stopped workbench leaves it. */
export async function testDataFolder(): Promise<string> {
  const template = await madeOnce("test-folder", async (dir) => {
    const pg = await PGlite.create({ dataDir: dir, loadDataDir: await loadSnapshot() });
    await pg.close();
  });
  const dataDir = testFolder();
  cpSync(template, join(dataDir, "db"), { recursive: true });
  return dataDir;
}
