import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { openInMemory } from "@/lib/db/embedded/open";
import { pgliteSession } from "@/lib/db/embedded/session";
import { type Migration, type MigrationSession, migrate, readMigrations } from "@/lib/db/migrations";
import { testSnapshot } from "@/tests/support/database";
import { testFolder } from "@/tests/support/folder";

let session: MigrationSession;

beforeAll(async () => {
  session = pgliteSession(await openInMemory());
});
beforeEach(async () => {
  await session.exec("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
});

const migration = (name: string, sql: string): Migration => ({
  name,
  sql,
  checksum: `sum of ${sql}`.slice(0, 64),
});
const first = migration("1_first", "CREATE TABLE a (n int); INSERT INTO a VALUES (1)");
const second = migration("2_second", "ALTER TABLE a ADD COLUMN m int");

async function history() {
  return session.rows(
    `SELECT migration_name, applied_steps_count, finished_at IS NOT NULL AS finished FROM "_prisma_migrations" ORDER BY 1`,
  );
}

it("applies what is missing, in order and once, and records it as Prisma does", async () => {
  expect(await migrate(session, [first])).toEqual(["1_first"]);
  expect(await migrate(session, [first, second])).toEqual(["2_second"]);
  expect(await migrate(session, [first, second])).toEqual([]);
  expect(await history()).toEqual([
    { migration_name: "1_first", applied_steps_count: 1, finished: true },
    { migration_name: "2_second", applied_steps_count: 1, finished: true },
  ]);
  expect(await session.rows("SELECT n, m FROM a")).toEqual([{ n: 1, m: null }]);
});

it("rolls a failing migration back as a whole and keeps those before it", async () => {
  const half = migration("2_half", "CREATE TABLE b (n int); INSERT INTO a VALUES (2); SELECT 1 / 0");
  await expect(migrate(session, [first, half])).rejects.toThrow("2_half failed and was rolled back");
  expect(await session.rows("SELECT to_regclass('b') AS b, (SELECT count(*)::int FROM a) AS a")).toEqual([
    { b: null, a: 1 },
  ]);
  expect(await migrate(session, [first, second])).toEqual(["2_second"]);
});

it("refuses a migration that was changed after it had been applied", async () => {
  await migrate(session, [first]);
  const changed = { ...first, checksum: "another" };
  await expect(migrate(session, [changed, second])).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("1_first was changed after"),
  });
  expect(await history()).toHaveLength(1);
});

it("refuses a database that a newer version has changed", async () => {
  await migrate(session, [first, second]);
  await expect(migrate(session, [first])).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("newer version of Tessera (2_second)"),
  });
});

it("refuses a migration that another tool left unfinished", async () => {
  await migrate(session, [first]);
  await session.exec(`UPDATE "_prisma_migrations" SET finished_at = NULL`);
  await expect(migrate(session, [first])).rejects.toMatchObject({
    message: expect.stringContaining("left unfinished"),
  });
});

it("sees the same checksum whatever line ends a checkout has", () => {
  const dir = testFolder();
  for (const [name, end] of [
    ["1_unix", "\n"],
    ["2_windows", "\r\n"],
  ] as const) {
    mkdirSync(join(dir, name));
    writeFileSync(join(dir, name, "migration.sql"), ["SELECT 1;", "SELECT 2;", ""].join(end));
  }
  const [unix, windows] = readMigrations(dir);
  expect(windows?.checksum).toBe(unix?.checksum);
});

it("has migrations that lead to the schema", { timeout: 300_000 }, async () => {
  const program = "tests/support/programs/missing-sql.mjs";
  const missingAfter = async (sql: string) => {
    const args = [program, await testSnapshot(), sql];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(status, stderr).toBe(0);
    return stdout;
  };
  expect(await missingAfter("")).toBe("");
  // The same question has another answer when something is missing.
  const drifted = await missingAfter(
    `ALTER TABLE "Setting" DROP COLUMN "updatedAt"; DROP INDEX "User_email_key"`,
  );
  expect(drifted).toContain('"updatedAt"');
  expect(drifted).toContain('"User_email_key"');
});
