import { beforeEach, expect, it } from "vitest";
import { db } from "@/lib/db/server";
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
