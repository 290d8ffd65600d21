import { beforeEach, expect, it } from "vitest";
import { type AuditOrigin, record } from "@/lib/audit/server";
import { type Database, db } from "@/lib/db/server";
import { testDatabase } from "@/tests/support/database";

let database: Database;

beforeEach(async () => {
  database = await testDatabase();
});

const origin: AuditOrigin = {
  requestId: "req_1",
  ip: "127.0.0.1",
  userAgent: "test",
  sessionId: "ses_1",
  userId: "usr_1",
  userIdentity: "ana@example.org",
};

async function recorded(params: Record<string, unknown>, from = origin) {
  await database.write((tx) => record(tx, from, { service: "keys", action: "create", params, status: 200 }));
  return database.prisma.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
}

it("writes who did what, from where, with which outcome", async () => {
  expect(await recorded({ name: "ci" })).toMatchObject({
    sourceIp: "127.0.0.1",
    userAgent: "test",
    sessionId: "ses_1",
    userId: "usr_1",
    userIdentity: "ana@example.org",
    serviceName: "keys",
    actionName: "create",
    requestId: "req_1",
    requestParams: { name: "ci" },
    statusCode: 200,
    errorMessage: null,
  });
});

it("keeps secrets out, by name and by form, at every depth", async () => {
  const key = `tsr_${"a".repeat(12)}_${"b".repeat(38)}`;
  const row = await recorded({
    password: "hunter22hunter22",
    nested: [{ apiKey: "x1", note: `used ${key}` }],
  });
  const text = JSON.stringify(row.requestParams);
  for (const secret of ["hunter22", "x1", "b".repeat(38)]) expect(text).not.toContain(secret);
  expect(text).toContain("note");
});

it("keeps secrets out of the error text", async () => {
  await database.write((tx) =>
    record(tx, origin, {
      service: "s",
      action: "a",
      params: {},
      status: 502,
      error: "Bearer abcdef was refused",
    }),
  );
  const row = await database.prisma.auditEvent.findFirstOrThrow();
  expect(row.errorMessage).toBe("Bearer ••• was refused");
});

it("stores NUL and half surrogates that a request may carry, and cuts what is too long", async () => {
  const row = await recorded(
    { "a\0": "b\0\ud800", long: "x".repeat(5_000) },
    { ...origin, userAgent: `\0${"u".repeat(900)}` },
  );
  expect(row.requestParams).toEqual({ "a\uFFFD": "b\uFFFD\uFFFD", long: `${"x".repeat(1_999)}…` });
  expect(row.userAgent).toHaveLength(500);
});

it("names the fields of parameters that are too large instead of storing them", async () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`f${i}`, "x".repeat(1_000)]));
  const row = await recorded(many);
  expect(JSON.stringify(row.requestParams).length).toBeLessThan(2_000);
  expect(row.requestParams).toMatchObject({ fields: expect.arrayContaining(["f0", "f39"]) });
});

it("is dropped together with the action it belongs to", async () => {
  const failing = database.write(async (tx) => {
    await record(tx, origin, { service: "keys", action: "create", params: {}, status: 200 });
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await database.prisma.auditEvent.count()).toBe(0);
});

it("cannot be changed, deleted or emptied afterwards", async () => {
  const { seq } = await recorded({});
  const { prisma } = await db();
  await expect(prisma.auditEvent.update({ where: { seq }, data: { statusCode: 500 } })).rejects.toThrow(
    "append-only",
  );
  await expect(prisma.auditEvent.delete({ where: { seq } })).rejects.toThrow("append-only");
  await expect(prisma.$executeRaw`TRUNCATE "AuditEvent"`).rejects.toThrow("append-only");
  expect(await prisma.auditEvent.count()).toBe(1);
});
