import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { GET, PUT } from "@/app/api/audit/retention/route";
import { trimChain, verifyChain } from "@/lib/audit/server";
import { applyRetention, getRetention, updateRetention } from "@/lib/audit-log/server";
import type { Context } from "@/lib/auth/server";
import type { EmbeddedDatabase } from "@/lib/db/embedded/database";
import { db } from "@/lib/db/server";
import { anotherContext, apiRequest, testContext } from "@/tests/support/context";
import { testFolder } from "@/tests/support/folder";
import { forged, origin, recordMany, tamper } from "./support";

const dayMs = 86_400_000;

let ctx: Context;
let database: EmbeddedDatabase;

beforeEach(async () => {
  vi.stubEnv("DATA_DIR", testFolder());
  ctx = await testContext({ role: "admin" });
  database = (await db()) as EmbeddedDatabase;
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** Records as if it were some days ago. */
async function recordAgo(days: number, count: number): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - days * dayMs });
  await recordMany(count);
  vi.useRealTimers();
}

const seqs = async () =>
  (await database.prisma.auditEvent.findMany({ orderBy: { seq: "asc" }, select: { seq: true } })).map(
    ({ seq }) => Number(seq),
  );

it("keeps every row for ever until somebody chooses otherwise", async () => {
  await recordAgo(4_000, 2);
  expect(await getRetention(ctx)).toEqual({ days: null });
  expect(await applyRetention()).toBe(0);
  expect(await seqs()).toEqual([1, 2]);
});

it("removes what is older, from the beginning only, and the rest stays verifiable", async () => {
  await recordAgo(100, 3);
  await recordAgo(50, 2);
  // A clock that went back: this row is old, but younger ones stand before it.
  await recordAgo(90, 1);
  await updateRetention(ctx, { days: 60 });
  expect(await applyRetention()).toBe(3);
  expect(await seqs()).toEqual([4, 5, 6, 7, 8]);
  expect(await verifyChain()).toMatchObject({ ok: true, rows: 5, removedThrough: 3, lastSeq: 8 });
  const told = await database.prisma.auditEvent.findFirstOrThrow({
    where: { actionName: "removeExpiredEvents" },
  });
  expect(told).toMatchObject({
    userIdentity: "retention",
    requestParams: { rows: 3, throughSeq: 3, days: 60 },
  });
  expect(await applyRetention()).toBe(0);
});

it("can go on removing, each time from a checkpoint of its own", async () => {
  await recordAgo(100, 2);
  await recordAgo(50, 2);
  await updateRetention(ctx, { days: 60 });
  await applyRetention();
  await updateRetention(ctx, { days: 40 });
  expect(await applyRetention()).toBe(2);
  expect(await verifyChain()).toMatchObject({ ok: true, removedThrough: 4 });
});

it("notices a checkpoint that was moved to hide removed rows", async () => {
  await recordAgo(100, 4);
  await updateRetention(ctx, { days: 60 });
  await applyRetention();
  await recordMany(3);
  await tamper(
    database.engine,
    `INSERT INTO "AuditCheckpoint" SELECT "seq", "mac", now(), decode(repeat('00', 32), 'hex') FROM "AuditEvent" WHERE "seq" = 6`,
    `DELETE FROM "AuditEvent" WHERE "seq" <= 6`,
  );
  expect((await verifyChain()).faults).toMatchObject([{ kind: "changed_checkpoint", seq: 6 }]);
});

it("notices rows that were put back below the checkpoint", async () => {
  await recordAgo(100, 2);
  await updateRetention(ctx, { days: 60 });
  await applyRetention();
  await tamper(database.engine, forged({ seq: 1 }));
  expect((await verifyChain()).faults).toMatchObject([{ kind: "inserted_row", seq: 1 }]);
});

it("never removes a row younger than 30 days, even where the program is told to", async () => {
  await recordAgo(20, 2);
  await expect(trimChain(origin, new Date(), 0)).rejects.toThrow("append-only");
  expect(await seqs()).toEqual([1, 2]);
  expect(await database.prisma.auditCheckpoint.count()).toBe(0);
});

it("treats a retention that somebody shortened in the database as 30 days", async () => {
  await recordAgo(40, 1);
  await recordAgo(20, 1);
  await database.prisma.setting.create({ data: { key: "audit_retention", value: { days: 1 } } });
  expect(await applyRetention()).toBe(1);
  expect((await seqs())[0]).toBe(2);
});

describe("the setting", () => {
  const put = async (body: unknown, as = ctx) =>
    PUT(await apiRequest("/api/audit/retention", { method: "PUT", as, body }));

  it("is changed by an administrator, and the change is recorded", async () => {
    expect(await (await put({ days: 365 })).json()).toEqual({ days: 365 });
    expect(await (await put({ days: null })).json()).toEqual({ days: null });
    const rows = await database.prisma.auditEvent.findMany({
      where: { actionName: "updateRetention" },
      orderBy: { seq: "asc" },
    });
    expect(rows.map(({ requestParams }) => requestParams)).toEqual([
      { days: 365, before: null },
      { days: null, before: 365 },
    ]);
  });

  it("is refused below 30 days, with unknown fields, and to others", async () => {
    expect((await put({ days: 29 })).status).toBe(422);
    expect((await put({ days: 90, force: true })).status).toBe(422);
    const member = await anotherContext();
    expect((await put({ days: 90 }, member)).status).toBe(403);
    expect((await GET(await apiRequest("/api/audit/retention", { as: member }))).status).toBe(403);
    expect((await GET(await apiRequest("/api/audit/retention"))).status).toBe(401);
    expect(await getRetention(ctx)).toEqual({ days: null });
  });
});
