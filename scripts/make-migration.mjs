import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { fail, say } from "./console.mjs";
import { root } from "./prepare.mjs";
import { missingSql } from "./schema-diff.mjs";

const migrations = join(root, "prisma", "migrations");

/** A database in memory to which every migration so far was applied. */
async function replay() {
  const pg = await PGlite.create();
  for (const entry of readdirSync(migrations, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    if (entry.isDirectory())
      await pg.exec(readFileSync(join(migrations, entry.name, "migration.sql"), "utf8"));
  }
  return pg;
}

const [name, ...rest] = process.argv.slice(2);
if (rest.length > 0 || !/^[a-z][a-z0-9_]*$/.test(name ?? "")) {
  fail("Usage: node scripts/make-migration.mjs <lower_case_name>");
}
const pg = await replay();
const sql = await missingSql(pg);
await pg.close();
if (sql === "") {
  say("The migrations lead to the schema: nothing is missing.");
} else {
  const stamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const folder = join(migrations, `${stamp}_${name}`);
  if (existsSync(folder)) fail(`${folder} exists already.`);
  mkdirSync(folder);
  writeFileSync(join(folder, "migration.sql"), sql);
  say(`Wrote ${join(folder, "migration.sql")}. Read it before you commit it.`);
}
