import "@/tests/support/settings";
import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { createServer } from "node:net";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/server";

const server = process.env.TEST_DATABASE_URL;

/** Runs statements on the server's own database. */
async function onServer(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

describe.skipIf(!server)("PostgreSQL (set TEST_DATABASE_URL to a server's address to run these)", () => {
  const name = `tessera_test_${randomUUID().slice(0, 8)}`;
  const url = server ? String(Object.assign(new URL(server), { pathname: `/${name}` })) : "";
  let database: Database;

  beforeAll(async () => {
    // Far from UTC, where a wrong zone would show.
    await onServer(`CREATE DATABASE ${name}`, `ALTER DATABASE ${name} SET timezone = 'Pacific/Chatham'`);
    // Two workbenches that start at once on an empty database.
    const [one, two] = await Promise.all([
      openDatabase({ kind: "postgresql", url }),
      openDatabase({ kind: "postgresql", url }),
    ]);
    await two.close();
    database = one;
  });

  afterAll(async () => {
    await database.close();
    await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
  });

  const setting = (key: string, value = 0) => ({ data: { key, value } });

  it("is migrated once by two that start together", async () => {
    const rows = await database.prisma.$queryRaw<{ migration_name: string }[]>`
      SELECT migration_name FROM "_prisma_migrations" ORDER BY migration_name`;
    const folders = readdirSync("prisma/migrations", { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(rows.map((row) => row.migration_name)).toEqual(folders.map((entry) => entry.name).sort());
    expect(database.kind).toBe("postgresql");
  });

  it("loses no change when many writers read and change one row", async () => {
    await database.prisma.setting.create(setting("n"));
    const raise = () =>
      database.write(async (tx) => {
        const row = await tx.setting.findUniqueOrThrow({ where: { key: "n" } });
        await tx.setting.update({ where: { key: "n" }, data: { value: Number(row.value) + 1 } });
      });
    await Promise.all(Array.from({ length: 8 }, raise));
    expect((await database.prisma.setting.findUniqueOrThrow({ where: { key: "n" } })).value).toBe(8);
  });

  it("keeps what two transactions may each do alone and not together, as the embedded database does", async () => {
    await database.prisma.setting.createMany({
      data: [setting("on call 1", 1).data, setting("on call 2", 1).data],
    });
    const leave = (key: string) =>
      database.write(async (tx) => {
        const others = await tx.setting.findMany({
          where: { key: { startsWith: "on call" }, value: { equals: 1 } },
        });
        if (others.length > 1) await tx.setting.update({ where: { key }, data: { value: 0 } });
      });
    await Promise.all([leave("on call 1"), leave("on call 2")]);
    const left = await database.prisma.setting.count({
      where: { key: { startsWith: "on call" }, value: { equals: 1 } },
    });
    expect(left).toBe(1);
  });

  it("runs again after a deadlock", async () => {
    await database.prisma.setting.createMany({ data: [setting("left").data, setting("right").data] });
    let arrived = 0;
    const both = (first: string, second: string) => {
      let tries = 0;
      return database.writeBatched(async (tx) => {
        await tx.setting.update({ where: { key: first }, data: { value: 1 } });
        arrived += 1;
        tries += 1;
        while (tries === 1 && arrived < 2) await new Promise((resolve) => setTimeout(resolve, 5));
        await tx.setting.update({ where: { key: second }, data: { value: 1 } });
        return tries;
      });
    };
    const tries = await Promise.all([both("left", "right"), both("right", "left")]);
    expect(Math.max(...tries)).toBeGreaterThan(1);
  });

  it("returns times as written, whatever the server's zone", async () => {
    const expiresAt = new Date("2026-03-29T01:30:00.123Z");
    const ids = Array.from({ length: 12 }, (_, index) => `i${index}`);
    await Promise.all(
      ids.map((id) =>
        database.write((tx) =>
          tx.invite.create({ data: { id, tokenHash: Buffer.from(id), purpose: "invite", expiresAt } }),
        ),
      ),
    );
    const rows = await Promise.all(
      ids.map((id) => database.prisma.invite.findUniqueOrThrow({ where: { id } })),
    );
    expect(rows.map((row) => row.expiresAt)).toEqual(ids.map(() => expiresAt));
    const [stored] = await database.prisma.$queryRaw<{ utc: string }[]>`
      SELECT ("expiresAt" AT TIME ZONE 'UTC')::text AS utc FROM "Invite" LIMIT 1`;
    expect(stored?.utc).toBe("2026-03-29 01:30:00.123");
  });

  it("does not report a transaction as kept when a failure inside it was swallowed, and its connection stays usable", async () => {
    await database.prisma.setting.create(setting("taken"));
    for (const way of [database.write.bind(database), database.writeBatched.bind(database)]) {
      const swallowing = way(async (tx) => {
        await tx.setting.create(setting("new"));
        await tx.setting.create(setting("taken")).catch(() => undefined);
      });
      await expect(swallowing).rejects.toThrow("nothing of it was kept");
    }
    expect(await database.prisma.setting.count({ where: { key: "new" } })).toBe(0);
    await Promise.all(Array.from({ length: 20 }, () => database.write((tx) => tx.setting.count())));
  });

  it("refuses changes to the audit log", async () => {
    await expect(database.prisma.$executeRaw`TRUNCATE "AuditEvent"`).rejects.toThrow("append-only");
  });

  it("is well, and not well once the server has gone", async () => {
    expect(await database.health()).toEqual({ ok: true });
    const other = await openDatabase({ kind: "postgresql", url });
    await other.close();
    expect(await other.health()).toMatchObject({ ok: false });
  });
});

it("says which server cannot be reached, without the password", async () => {
  const listener = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const url = `postgresql://ana:hunter22@127.0.0.1:${port}/tessera`;
  const failure = await openDatabase({ kind: "postgresql", url }).catch((error: unknown) => error);
  listener.close();
  expect(failure).toMatchObject({
    code: "unavailable",
    message: expect.stringMatching(new RegExp(`^PostgreSQL at 127.0.0.1:${port}/tessera cannot be used: `)),
  });
  expect(String(failure)).not.toContain("hunter22");
});
