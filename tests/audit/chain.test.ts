import { beforeEach, expect, it } from "vitest";
import { chained, genesis, isSame, macOf } from "@/lib/audit/chain";
import { rowOf } from "@/lib/audit/row";
import { record, recordGrouped, recordRead, verifyChain } from "@/lib/audit/server";
import type { EmbeddedDatabase } from "@/lib/db/embedded/database";
import { testDatabase } from "@/tests/support/database";
import { action, forged, origin, recordMany } from "./support";

let database: EmbeddedDatabase;

beforeEach(async () => {
  database = await testDatabase();
});

const rows = () => database.prisma.auditEvent.findMany({ orderBy: { seq: "asc" } });
const head = () => database.prisma.auditHead.findUniqueOrThrow({ where: { id: 1 } });

it("numbers rows from 1 without a gap and chains each to the one before", async () => {
  await recordMany(3);
  const all = await rows();
  expect(all.map(({ seq }) => seq)).toEqual([1n, 2n, 3n]);
  let before: Uint8Array = genesis.mac;
  for (const row of all) {
    expect(isSame(row.mac ?? before, macOf(row, row.seq, before))).toBe(true);
    before = row.mac ?? before;
  }
  expect(await head()).toMatchObject({ seq: 3n, mac: all[2]?.mac });
});

it("leaves no gap where a transaction was rolled back", async () => {
  await recordMany(1);
  const failing = database.write(async (tx) => {
    await record(tx, origin, action());
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  await recordMany(1);
  expect((await rows()).map(({ seq }) => seq)).toEqual([1n, 2n]);
});

it("keeps the rows of one transaction together and in order, whoever writes at the same time", async () => {
  const write = (name: string) =>
    database.write(async (tx) => {
      await record(tx, origin, action({ name, part: 1 }));
      await tx.setting.count();
      await record(tx, origin, action({ name, part: 2 }));
    });
  await Promise.all([write("a"), write("b"), recordRead(origin, action()), write("c")]);
  const parts = (await rows()).map(({ requestParams }) => requestParams as { name?: string; part?: number });
  for (const name of ["a", "b", "c"]) {
    const first = parts.findIndex((part) => part.name === name);
    expect(parts[first + 1]).toEqual({ name, part: 2 });
  }
  expect(await verifyChain()).toMatchObject({ ok: true, rows: 7 });
});

it("writes refusals and reads of one moment in one transaction, and answers when they are durable", async () => {
  let transactions = 0;
  const { writeBatched } = database;
  database.writeBatched = (fn) => {
    transactions += 1;
    return writeBatched.call(database, fn) as ReturnType<typeof fn>;
  };
  try {
    await Promise.all(Array.from({ length: 50 }, (_, n) => recordGrouped(origin, action({ n }))));
  } finally {
    database.writeBatched = writeBatched;
  }
  expect(transactions).toBe(1);
  expect(await verifyChain()).toMatchObject({ ok: true, rows: 50 });
});

it("does not depend on how the database keeps a row's parameters", async () => {
  const params = { b: 1, a: [{ z: null, y: 1e-7, x: 12345678901234 }], ä: "\u2028", 7: true, nested: {} };
  await database.write((tx) => record(tx, origin, action(params)));
  expect(await verifyChain()).toMatchObject({ ok: true, rows: 1 });
});

it("tells apart parameters that differ in form only", () => {
  const mac = (params: Record<string, unknown>) => {
    const row = {
      ...rowOf(origin, action()),
      eventId: "evt_1",
      eventTime: new Date(0),
      requestParams: params,
    };
    return Buffer.from(macOf(row, 1n, genesis.mac)).toString("hex");
  };
  const forms = [{ a: [["b", 1]] }, { a: { b: 1 } }, { a: ["b", 1] }, { a: "{b:1}" }, { a: [{ b: 1 }] }];
  expect(new Set(forms.map(mac)).size).toBe(forms.length);
});

it("makes another chain with another key, and of other rows", () => {
  const row = rowOf(origin, action());
  const [one] = chained([row], genesis);
  const [two] = chained([{ ...row, statusCode: 403 }], genesis);
  expect(one?.mac).not.toEqual(two?.mac);
});

it("refuses to chain outside of a transaction", async () => {
  await expect(record(database.prisma, origin, action())).rejects.toThrow("no open transaction");
});

it("lets nobody rewind the head or change a checkpoint by accident", async () => {
  await recordMany(2);
  const { prisma } = database;
  await expect(prisma.auditHead.update({ where: { id: 1 }, data: { seq: 1n } })).rejects.toThrow("moves on");
  await expect(prisma.auditHead.delete({ where: { id: 1 } })).rejects.toThrow("moves on");
  await expect(prisma.$executeRaw`TRUNCATE "AuditHead"`).rejects.toThrow("moves on");
  await expect(prisma.$executeRaw`TRUNCATE "AuditCheckpoint"`).rejects.toThrow("moves on");
});

it("takes no row without a MAC", async () => {
  await recordMany(1);
  const insert = database.engine.exec(forged({ seq: 2, mac: null }));
  await expect(insert).rejects.toThrow("AuditEvent_chained");
});
