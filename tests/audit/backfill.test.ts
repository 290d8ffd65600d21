import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { openChain } from "@/lib/audit/open-chain";
import { record, verifyChain } from "@/lib/audit/server";
import { dropSingle, single } from "@/lib/core/server";
import { EmbeddedDatabase } from "@/lib/db/embedded/database";
import { openInMemory } from "@/lib/db/embedded/open";
import { pgliteSession } from "@/lib/db/embedded/session";
import { migrate, readMigrations } from "@/lib/db/migrations";
import { testFolder } from "@/tests/support/folder";
import "@/tests/support/settings";
import { action, origin } from "./support";

const chain = readMigrations().findIndex(({ name }) => name.endsWith("_audit_chain"));

afterEach(() => {
  dropSingle("db");
  vi.unstubAllEnvs();
});

/** A database at the last migration before the chain, with rows, some numbers left out by rolled back transactions. */
async function oldDatabase(rows: number): Promise<EmbeddedDatabase> {
  vi.stubEnv("AUDIT_ANCHOR_FILE", join(testFolder(), "anchors.jsonl"));
  const pg = await openInMemory();
  const all = readMigrations();
  await migrate(pgliteSession(pg), all.slice(0, chain));
  await pg.exec(`
    INSERT INTO "AuditEvent" ("seq", "eventId", "sourceIp", "userAgent", "userIdentity", "serviceName", "actionName",
      "requestId", "requestParams", "statusCode")
    SELECT n * 2 + n / 7, 'evt_' || n, '127.0.0.1', 'test', 'ana@example.org',
      CASE WHEN n % 2 = 0 THEN 'accounts' ELSE 'models' END, 'act', 'req_' || n, json_build_object('n', n), 200
    FROM generate_series(1, ${rows}) AS n`);
  await migrate(pgliteSession(pg), all.slice(0, chain + 1));
  const database = new EmbeddedDatabase(pg);
  dropSingle("db");
  single("db", () => Promise.resolve(database));
  return database;
}

it("chains rows from before the chain in batches, in their order and without gaps", {
  timeout: 60_000,
}, async () => {
  const database = await oldDatabase(2_500);
  const refused = database.write((tx) => record(tx, origin, action()));
  await expect(refused).rejects.toMatchObject({ code: "unavailable" });
  expect(await verifyChain()).toMatchObject({ ok: false, faults: [{ kind: "not_chained" }] });
  await openChain();
  await database.write((tx) => record(tx, origin, action()));
  expect(await verifyChain()).toMatchObject({ ok: true, rows: 2_501, lastSeq: 2_501 });
  const [first, second] = await database.prisma.auditEvent.findMany({ orderBy: { seq: "asc" }, take: 2 });
  expect(first).toMatchObject({ seq: 1n, eventId: "evt_1", auditLevel: "WORKSPACE_LEVEL" });
  expect(second).toMatchObject({ seq: 2n, eventId: "evt_2", auditLevel: "ACCOUNT_LEVEL" });
  await openChain();
  expect(await verifyChain()).toMatchObject({ ok: true, rows: 2_501 });
  await database.close();
});

it("goes on where a start was killed between two batches", { timeout: 60_000 }, async () => {
  const database = await oldDatabase(1_500);
  const { write } = database;
  let transactions = 0;
  database.write = (fn) => {
    transactions += 1;
    if (transactions === 2) throw new Error("killed");
    return write.call(database, fn) as ReturnType<typeof fn>;
  };
  await expect(openChain()).rejects.toThrow("killed");
  expect(await database.prisma.auditEvent.count({ where: { mac: null } })).toBe(500);
  database.write = write;
  await openChain();
  expect(await verifyChain()).toMatchObject({ ok: true, rows: 1_500 });
  await database.close();
});

it("makes no new head where one was removed", async () => {
  const database = await oldDatabase(3);
  await openChain();
  await database.engine.exec(
    `BEGIN; SET LOCAL session_replication_role = replica; DELETE FROM "AuditHead"; COMMIT`,
  );
  await expect(openChain()).rejects.toMatchObject({ code: "unavailable" });
  await database.close();
});

it("lets a row from before the chain take a MAC once and nothing else", async () => {
  const database = await oldDatabase(2);
  const change = (sql: string) => database.engine.exec(`UPDATE "AuditEvent" SET ${sql} WHERE "seq" = 1`);
  await expect(change(`"mac" = '\\x00', "statusCode" = 500`)).rejects.toThrow("append-only");
  await openChain();
  await expect(change(`"mac" = '\\x00'`)).rejects.toThrow("append-only");
  await database.close();
});
