import { setTimeout as delay } from "node:timers/promises";
import { beforeEach, expect, it, vi } from "vitest";
import { dropSingle } from "@/lib/core/server";
import { Checkpointer } from "@/lib/db/embedded/checkpointer";
import { db, isUniqueViolation } from "@/lib/db/server";
import { testDatabase } from "@/tests/support/database";

beforeEach(async () => {
  await testDatabase();
});

const setting = (key: string) => ({ data: { key, value: { at: key } } });

it("answers the test's database from db()", async () => {
  const database = await db();
  expect(database).toBe(await testDatabase());
  expect(await database.prisma.setting.count()).toBe(0);
});

it("keeps all statements of a transaction or none", async () => {
  const database = await db();
  await database.write((tx) => tx.setting.create(setting("kept")));
  const failing = database.write(async (tx) => {
    await tx.setting.create(setting("dropped"));
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  expect((await database.prisma.setting.findMany()).map((row) => row.key)).toEqual(["kept"]);
});

it("returns times as written, to the millisecond, whatever the machine's zone", async () => {
  const { prisma } = await db();
  const expiresAt = new Date("2026-03-29T01:30:00.123Z");
  await prisma.invite.create({
    data: { id: "i", tokenHash: Buffer.from("h"), purpose: "invite", expiresAt },
  });
  expect((await prisma.invite.findUniqueOrThrow({ where: { id: "i" } })).expiresAt).toEqual(expiresAt);
});

it("refuses a transaction inside a transaction instead of waiting for ever", async () => {
  const database = await db();
  await expect(database.write(() => database.write((tx) => tx.setting.count()))).rejects.toThrow(
    "write() inside write()",
  );
});

it("lets many writers change one row without losing a change", async () => {
  const database = await db();
  await database.prisma.setting.create({ data: { key: "n", value: 0 } });
  const raise = () =>
    database.write(async (tx) => {
      const row = await tx.setting.findUniqueOrThrow({ where: { key: "n" } });
      await tx.setting.update({ where: { key: "n" }, data: { value: Number(row.value) + 1 } });
    });
  await Promise.all(Array.from({ length: 25 }, raise));
  expect((await database.prisma.setting.findUniqueOrThrow({ where: { key: "n" } })).value).toBe(25);
});

it("does not report a transaction as kept when a failure inside it was swallowed", async () => {
  const database = await db();
  await database.prisma.setting.create(setting("taken"));
  const swallowing = database.write(async (tx) => {
    await tx.setting.create(setting("new"));
    await tx.setting.create(setting("taken")).catch(() => undefined);
    return "kept";
  });
  await expect(swallowing).rejects.toThrow("nothing of it was kept");
  expect(await database.prisma.setting.count()).toBe(1);
});

it("goes on within a transaction after a failure that a savepoint caught", async () => {
  const database = await db();
  await database.prisma.setting.create(setting("taken"));
  await database.write(async (tx) => {
    await tx.$executeRaw`SAVEPOINT before`;
    await tx.setting.create(setting("taken")).catch(() => tx.$executeRaw`ROLLBACK TO SAVEPOINT before`);
    await tx.setting.create(setting("new"));
  });
  expect(await database.prisma.setting.count()).toBe(2);
});

it("reports a failure that only COMMIT finds", async () => {
  const database = await testDatabase();
  await database.engine.exec(`
    CREATE TABLE IF NOT EXISTS late (id int PRIMARY KEY, other int REFERENCES late DEFERRABLE INITIALLY DEFERRED)`);
  for (const way of [database.write.bind(database), database.writeBatched.bind(database)]) {
    await expect(way((tx) => tx.$executeRaw`INSERT INTO late VALUES (1, 99)`)).rejects.toThrow(
      /foreign key/i,
    );
  }
  await database.engine.exec("DROP TABLE late");
});

it("tells a value that must be unique from other failures", async () => {
  const { prisma } = await db();
  await prisma.setting.create(setting("taken"));
  const failure = await prisma.setting.create(setting("taken")).catch((error: unknown) => error);
  expect([isUniqueViolation(failure), isUniqueViolation(new Error("other"))]).toEqual([true, false]);
});

it("lets work that a transaction left behind write later", async () => {
  const database = await db();
  let later: Promise<unknown> = Promise.resolve();
  await database.write(async (tx) => {
    await tx.setting.count();
    later = delay(50).then(() => database.write((next) => next.setting.create(setting("later"))));
  });
  await later;
  expect(await database.prisma.setting.count()).toBe(1);
});

it("is well while it answers", async () => {
  expect(await (await db()).health()).toEqual({ ok: true });
});

it("checkpoints after enough log or enough time, and not when nothing was written", async () => {
  const { engine } = await testDatabase();
  const bySize = new Checkpointer(engine, { bytes: 1_000_000, ms: Number.POSITIVE_INFINITY });
  const byTime = new Checkpointer(engine, { bytes: Number.POSITIVE_INFINITY, ms: 0 });
  expect(await bySize.checkpointIfDue()).toBe(true);
  expect(await bySize.checkpointIfDue()).toBe(false);
  await byTime.checkpointIfDue();
  expect(await byTime.checkpointIfDue()).toBe(false);
  await engine.exec(
    `INSERT INTO "Setting" SELECT 'k' || n, to_jsonb(repeat('x', 300)), now() FROM generate_series(1, 5000) n`,
  );
  expect(await bySize.checkpointIfDue()).toBe(true);
  expect(await byTime.checkpointIfDue()).toBe(true);
});

it("is not opened by a page that is being built", async () => {
  dropSingle("db");
  vi.stubEnv("NEXT_PHASE", "phase-production-build");
  await expect(db()).rejects.toThrow("make the page dynamic");
  vi.unstubAllEnvs();
});
