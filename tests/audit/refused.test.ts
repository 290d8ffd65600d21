import { beforeEach, describe, expect, it } from "vitest";
import { POST as INVITE } from "@/app/api/users/route";
import type { Context } from "@/lib/auth/server";
import type { EmbeddedDatabase } from "@/lib/db/embedded/database";
import { db } from "@/lib/db/server";
import { apiRequest, testContext } from "@/tests/support/context";
import { recordMany, tamper } from "./support";

let ctx: Context;
let database: EmbeddedDatabase;

beforeEach(async () => {
  ctx = await testContext({ role: "admin" });
  database = (await db()) as EmbeddedDatabase;
});

async function invite() {
  const response = await INVITE(
    await apiRequest("/api/users", { as: ctx, body: { email: "new@example.org" } }),
  );
  const people = await database.prisma.user.count({ where: { email: "new@example.org" } });
  return { status: response.status, people, body: await response.json() };
}

describe("a change whose audit row cannot be written is refused with 503, and nothing of it is kept", () => {
  it("when the head of the chain is missing", async () => {
    await recordMany(1);
    await tamper(database.engine, `DELETE FROM "AuditHead"`);
    expect(await invite()).toMatchObject({
      status: 503,
      people: 0,
      body: { error: { code: "unavailable", message: expect.stringContaining("Nothing was changed") } },
    });
  });

  it("when the database raises on the row", async () => {
    await database.engine.exec(`
      CREATE FUNCTION fail_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk on fire'; END $$;
      CREATE TRIGGER failing BEFORE INSERT ON "AuditEvent" FOR EACH ROW EXECUTE FUNCTION fail_audit()`);
    try {
      expect(await invite()).toMatchObject({ status: 503, people: 0 });
    } finally {
      await database.engine.exec(`DROP TRIGGER failing ON "AuditEvent"; DROP FUNCTION fail_audit`);
    }
    expect(await invite()).toMatchObject({ status: 200, people: 1 });
  });

  it("when the table is gone", async () => {
    await database.engine.exec(`ALTER TABLE "AuditEvent" RENAME TO "Gone"`);
    try {
      expect(await invite()).toMatchObject({ status: 503, people: 0 });
    } finally {
      await database.engine.exec(`ALTER TABLE "Gone" RENAME TO "AuditEvent"`);
    }
  });
});
