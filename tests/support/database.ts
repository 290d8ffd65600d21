import { createHash, randomUUID } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { reloadPolicy } from "@/lib/access/server";
import { dropSingle, single } from "@/lib/core/server";
import { EmbeddedDatabase } from "@/lib/db/embedded/database";
import { openInMemory } from "@/lib/db/embedded/open";
import { pgliteSession } from "@/lib/db/embedded/session";
import { migrate, readMigrations } from "@/lib/db/migrations";
import { openDatabase } from "@/lib/db/server";
import { testFolder } from "./folder";
import "./settings";

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

/** What the migrations put in: a new workbench's namespace and the rights everybody has there. */
const seeded = ["Securable", "Grant", "PolicyEpoch"] as const;

async function readSeed({ engine }: EmbeddedDatabase): Promise<string[]> {
  const texts: string[] = [];
  for (const table of seeded) {
    const { rows } = await engine.query<{ json: string }>(
      `SELECT coalesce(json_agg(t), '[]')::text AS json FROM "${table}" t`,
    );
    texts.push(rows[0]?.json ?? "[]");
  }
  return texts;
}

async function putSeed({ engine }: EmbeddedDatabase, seed: readonly string[]): Promise<void> {
  for (const [index, table] of seeded.entries()) {
    await engine.query(
      `INSERT INTO "${table}" SELECT * FROM json_populate_recordset(NULL::"${table}", $1::json)`,
      [seed[index]],
    );
  }
}

/**
 * The test's database: as a new workbench has it, in memory, at the present schema, and what `db()` answers from now on.
 * One engine serves a whole test file; a second call empties it again.
 */
export async function testDatabase(options: { withoutNamespace?: boolean } = {}): Promise<EmbeddedDatabase> {
  const opening = single("test-database", async () => {
    const database = await openDatabase({ kind: "memory", snapshot: await loadSnapshot() });
    if (!(database instanceof EmbeddedDatabase))
      throw new Error("The test database is always the embedded one.");
    return { database, seed: await readSeed(database) };
  });
  opening.catch(() => dropSingle("test-database"));
  const { database, seed } = await opening;
  await database.engine.exec(emptyAll);
  if (!options.withoutNamespace) await putSeed(database, seed);
  dropSingle("db");
  single("db", () => Promise.resolve(database));
  await reloadPolicy();
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
