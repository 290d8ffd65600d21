import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { openDatabase } from "@/lib/db/server";
import { bundleChild, startChild } from "@/tests/support/child";
import { testDataFolder } from "@/tests/support/database";

const hasStrace = process.platform === "linux" && spawnSync("strace", ["-V"]).status === 0;

it("refuses changes while the disk is full, goes on reading, and recovers without a restart", {
  timeout: 300_000,
}, async () => {
  let free = 10e9;
  const dir = join(await testDataFolder(), "db");
  const database = await openDatabase({ kind: "folder", dir, freeBytes: () => free });
  const save = (key: string) => database.write((tx) => tx.setting.create({ data: { key, value: 1 } }));
  await save("before");
  free = 1e6;
  await delay(600);
  for (const change of [save("during"), database.writeBatched((tx) => tx.setting.deleteMany())]) {
    await expect(change).rejects.toMatchObject({ code: "disk_full", status: 507 });
  }
  await expect(database.prisma.setting.create({ data: { key: "single", value: 1 } })).rejects.toThrow();
  expect(await database.prisma.setting.findMany({ select: { key: true } })).toEqual([{ key: "before" }]);
  expect(await database.health()).toEqual({ ok: false, reason: "The disk of the data folder is full." });
  free = 10e9;
  await delay(600);
  await save("after");
  expect(await database.health()).toEqual({ ok: true });
  expect(await database.prisma.setting.count()).toBe(2);
  await database.close();
});

it.skipIf(!hasStrace)(
  "stops at once when the disk refuses a flush, and keeps what it had acknowledged (needs strace)",
  { timeout: 300_000 },
  async () => {
    const dataDir = await testDataFolder();
    const program = bundleChild("tests/support/programs/writer.ts");
    const inject = ["-f", "-e", "trace=fsync", "-e", "inject=fsync:error=EIO:when=40+", "-o", "/dev/null"];
    const child = startChild("strace", [...inject, process.execPath, program], { DATA_DIR: dataDir });
    const acknowledged: string[] = [];
    for await (const line of child.lines) if (line !== "open") acknowledged.push(line);
    expect(await child.exited).toEqual({ code: 74, signal: null });
    expect(child.errors()).toContain("start again to recover");
    const database = await openDatabase({ kind: "folder", dir: join(dataDir, "db") });
    const rows = new Set((await database.prisma.setting.findMany()).map((row) => row.key));
    await database.close();
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter((key) => !rows.has(key))).toEqual([]);
  },
);
