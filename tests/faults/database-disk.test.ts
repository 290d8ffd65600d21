import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { openDatabase } from "@/lib/db/server";
import { testDataFolder } from "@/tests/support/database";

it("refuses changes while the disk is full, goes on reading, and recovers without a restart", {
  timeout: 60_000,
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
