import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { expect, it } from "vitest";
import { openDurable } from "@/lib/db/embedded/open";
import { bundleChild, startChild } from "@/tests/support/child";
import { testDataFolder } from "@/tests/support/database";
import { testFolder } from "@/tests/support/folder";

const hasStrace = process.platform === "linux" && spawnSync("strace", ["-V"]).status === 0;

it("does not start when the log's flush is switched off, as PGlite has it", async () => {
  const dir = join(await testDataFolder(), "db");
  const asItComes = [...PGlite.defaultStartParams, "-c", "wal_sync_method=fsync"];
  expect(asItComes).toContain("-F");
  await expect(openDurable(dir, asItComes)).rejects.toThrow("is not being flushed");
});

it("does not start when the flush ends in a call that does nothing in WASM", async () => {
  const dir = join(await testDataFolder(), "db");
  const params = PGlite.defaultStartParams.filter((param) => param !== "-F");
  await expect(openDurable(dir, [...params, "-c", "wal_sync_method=fdatasync"])).rejects.toThrow(
    "is not being flushed",
  );
});

it("makes a database that only its owner can reach, and opens it again", { timeout: 300_000 }, async () => {
  const dir = join(testFolder(), "data", "db");
  const made = await openDurable(dir);
  await made.exec("create table kept (n int); insert into kept values (7)");
  await made.close();
  expect(existsSync(`${dir}.creating`)).toBe(false);
  if (process.platform !== "win32") {
    for (const folder of [dir, join(dir, "..")]) expect(statSync(folder).mode & 0o777).toBe(0o700);
  }
  const again = await openDurable(dir);
  expect((await again.query("select n from kept")).rows).toEqual([{ n: 7 }]);
  expect(
    (await again.query("select current_setting('fsync') as f, current_setting('full_page_writes') as p"))
      .rows,
  ).toEqual([{ f: "on", p: "on" }]);
  await again.close();
});

it("starts anew when it was stopped in the middle of making the database", { timeout: 300_000 }, async () => {
  const dir = join(testFolder(), "db");
  mkdirSync(join(`${dir}.creating`, "base"), { recursive: true });
  writeFileSync(join(`${dir}.creating`, "PG_VERSION"), "18\n");
  const pg = await openDurable(dir);
  expect((await pg.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  await pg.close();
  expect(existsSync(`${dir}.creating`)).toBe(false);
});

it.skipIf(!hasStrace)(
  "acknowledges a write only after fsync on the log returned, seen from outside (needs strace)",
  { timeout: 300_000 },
  async () => {
    const dataDir = await testDataFolder();
    const trace = join(testFolder(), "trace");
    const program = bundleChild("tests/support/programs/writer.ts");
    const args = [
      "-f",
      "-y",
      "-tt",
      "-e",
      "trace=fsync,fdatasync,write",
      "-o",
      trace,
      process.execPath,
      program,
    ];
    const child = startChild("strace", args, { DATA_DIR: dataDir, WRITES: "10" });
    expect((await child.exited).code, child.errors()).toBe(0);
    // Every acknowledgement must follow a flush of the log that ended after the acknowledgement before it.
    const pending = new Set<string>();
    let flushed = false;
    let acknowledged = 0;
    for (const event of readFileSync(trace, "utf8").split("\n")) {
      const thread = event.split(" ", 1)[0] ?? "";
      if (/fsync\(\d+<[^>]*\/pg_wal\/.* = 0$/.test(event)) flushed = true;
      else if (/fsync\(\d+<[^>]*\/pg_wal\/.*<unfinished/.test(event)) pending.add(thread);
      else if (/<\.\.\. fsync resumed>.* = 0$/.test(event) && pending.delete(thread)) flushed = true;
      else if (/write\(1<.*"0-\d+\\n"/.test(event)) {
        acknowledged += 1;
        expect(flushed, event).toBe(true);
        flushed = false;
      }
    }
    expect(acknowledged).toBe(10);
  },
);
