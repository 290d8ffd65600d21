import "@/tests/support/settings";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openChain } from "@/lib/audit/open-chain";
import { record, recordRead, verifyChain } from "@/lib/audit/server";
import { dropSingle, single } from "@/lib/core/server";
import { type Database, openDatabase } from "@/lib/db/server";
import { action, origin } from "./support";

const server = process.env.TEST_DATABASE_URL;

async function onServer(statement: string, url = server): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

describe.skipIf(!server)("the chain on PostgreSQL (set TEST_DATABASE_URL to run these)", () => {
  const name = `tessera_audit_${randomUUID().slice(0, 8)}`;
  const url = server ? String(Object.assign(new URL(server), { pathname: `/${name}` })) : "";
  let one: Database;
  let two: Database;

  beforeAll(async () => {
    vi.stubEnv("AUDIT_ANCHOR_FILE", join("/nonexistent", name));
    await onServer(`CREATE DATABASE ${name}`);
    one = await openDatabase({ kind: "postgresql", url });
    two = await openDatabase({ kind: "postgresql", url });
    single("db", () => Promise.resolve(one));
    await Promise.all([openChain(), openChain()]);
  });

  afterAll(async () => {
    await one.close();
    await two.close();
    dropSingle("db");
    vi.unstubAllEnvs();
    await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
  });

  it("stays gapless and whole while two processes change, read and roll back at once", {
    timeout: 120_000,
  }, async () => {
    const change = (database: Database, n: number) =>
      database.write(async (tx) => {
        await tx.setting.create({ data: { key: `k${n}`, value: n } });
        await record(tx, origin, action({ n }));
      });
    const fail = (database: Database) =>
      database
        .write(async (tx) => {
          await record(tx, origin, action());
          throw new Error("no");
        })
        .catch(() => undefined);
    await Promise.all(
      Array.from({ length: 12 }, (_, n) => {
        const database = n % 2 ? one : two;
        return Promise.all([change(database, n), fail(database), recordRead(origin, action({ n }))]);
      }),
    );
    expect(await one.prisma.setting.count()).toBe(12);
    expect(await verifyChain()).toMatchObject({ ok: true, rows: 24, lastSeq: 24 });
  });

  it("refuses changes with 503 while somebody holds the table, and keeps nothing of them", {
    timeout: 60_000,
  }, async () => {
    const holder = new Client({ connectionString: url });
    await holder.connect();
    await holder.query(`BEGIN; LOCK TABLE "AuditEvent" IN ACCESS EXCLUSIVE MODE`);
    const refused = one.write(async (tx) => {
      await tx.setting.create({ data: { key: "held", value: 1 } });
      await record(tx, origin, action());
    });
    await expect(refused).rejects.toMatchObject({ code: "unavailable", status: 503 });
    await holder.query("ROLLBACK");
    await holder.end();
    expect(await one.prisma.setting.count({ where: { key: "held" } })).toBe(0);
    expect(await verifyChain()).toMatchObject({ ok: true, lastSeq: 24 });
  });
});
