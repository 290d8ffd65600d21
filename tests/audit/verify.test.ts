import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { anchorNow } from "@/lib/audit/lifecycle";
import { startAudit, stopAudit, verifyChain } from "@/lib/audit/server";
import { dropSingle } from "@/lib/core/server";
import type { EmbeddedDatabase } from "@/lib/db/embedded/database";
import { testDatabase } from "@/tests/support/database";
import { testFolder } from "@/tests/support/folder";
import { forged, recordMany, tamper, withKey } from "./support";

let database: EmbeddedDatabase;
let folder: string;
const anchors = () => join(folder, "audit-anchors.jsonl");

beforeEach(async () => {
  database = await testDatabase();
  folder = testFolder();
  vi.stubEnv("DATA_DIR", folder);
  dropSingle("audit.anchoring");
});

afterEach(async () => {
  await stopAudit();
  vi.unstubAllEnvs();
});

const first = async () => (await verifyChain()).faults[0];

it("finds a log without rows, and one with rows, whole", async () => {
  expect(await verifyChain()).toMatchObject({ ok: true, rows: 0, lastSeq: 0, faults: [] });
  await recordMany(5);
  expect(await verifyChain()).toMatchObject({ ok: true, rows: 5, lastSeq: 5, removedThrough: 0, faults: [] });
});

describe("finds a change of", () => {
  const changes: Record<string, string> = {
    eventTime: `"eventTime" + interval '1 millisecond'`,
    eventId: `'evt_other'`,
    sourceIp: `'10.0.0.1'`,
    userAgent: `''`,
    sessionId: `NULL`,
    userId: `'usr_2'`,
    userIdentity: `'ben@example.org'`,
    serviceName: `'key'`,
    actionName: `'deleteKey'`,
    requestId: `'req_2'`,
    requestParams: `'{"n": 4}'`,
    statusCode: `403`,
    errorMessage: `'no'`,
    auditLevel: `'ACCOUNT_LEVEL'`,
    privilege: `'MANAGE'`,
    why: `'because'`,
    securableKind: `'table'`,
    securableId: `'tbl_1'`,
    securableName: `'main.support.tickets'`,
    mac: `decode(repeat('00', 32), 'hex')`,
  };

  it("every column there is", async () => {
    const rows = await database.engine.query<{ column_name: string }>(
      "SELECT column_name FROM information_schema.columns WHERE table_name = 'AuditEvent'",
    );
    expect(Object.keys(changes).sort()).toEqual(
      rows.rows
        .map(({ column_name }) => column_name)
        // The place is tested below; what is searched is made of the others and cannot be set.
        .filter((name) => name !== "seq" && name !== "searched")
        .sort(),
    );
  });

  it.each(Object.entries(changes))("%s", async (column, value) => {
    await recordMany(4);
    await tamper(database.engine, `UPDATE "AuditEvent" SET "${column}" = ${value} WHERE "seq" = 3`);
    expect(await first()).toMatchObject({ kind: "changed_row", seq: 3 });
  });
});

it("finds a row that was removed from the middle", async () => {
  await recordMany(5);
  await tamper(database.engine, `DELETE FROM "AuditEvent" WHERE "seq" IN (2, 3)`);
  expect(await first()).toEqual({ kind: "missing_row", seq: 2, message: "Rows 2 to 3 are missing." });
});

it("finds a removed row although those behind it were moved up", async () => {
  await recordMany(5);
  await tamper(
    database.engine,
    `DELETE FROM "AuditEvent" WHERE "seq" = 3`,
    `UPDATE "AuditEvent" SET "seq" = 3 WHERE "seq" = 4`,
    `UPDATE "AuditEvent" SET "seq" = 4 WHERE "seq" = 5`,
  );
  expect(await first()).toMatchObject({ kind: "changed_row", seq: 3 });
});

it("finds rows that changed places", async () => {
  await recordMany(4);
  await tamper(
    database.engine,
    ...[`"seq" = 99 WHERE "seq" = 2`, `"seq" = 2 WHERE "seq" = 3`, `"seq" = 3 WHERE "seq" = 99`].map(
      (change) => `UPDATE "AuditEvent" SET ${change}`,
    ),
  );
  expect(await first()).toMatchObject({ kind: "changed_row", seq: 2 });
});

it("finds a row that was put in behind the end, with the head as it was and with the head moved", async () => {
  await recordMany(3);
  await tamper(database.engine, forged({ seq: 4 }));
  expect(await first()).toMatchObject({ kind: "inserted_row", seq: 4 });
  await tamper(
    database.engine,
    `UPDATE "AuditHead" SET "seq" = 4, "mac" = (SELECT "mac" FROM "AuditEvent" WHERE "seq" = 4)`,
  );
  expect(await first()).toMatchObject({ kind: "changed_row", seq: 4 });
});

it("finds a row that was put in between others", async () => {
  await recordMany(3);
  await tamper(
    database.engine,
    `UPDATE "AuditEvent" SET "seq" = 4 WHERE "seq" = 3`,
    forged({ seq: 3 }),
    `UPDATE "AuditHead" SET "seq" = 4`,
  );
  expect(await first()).toMatchObject({ kind: "changed_row", seq: 3 });
});

it("finds a cut tail by the head, and by the anchors once the head was moved back too", async () => {
  await recordMany(3);
  await anchorNow();
  await recordMany(2);
  await anchorNow();
  await tamper(database.engine, `DELETE FROM "AuditEvent" WHERE "seq" > 2`);
  expect(await first()).toMatchObject({ kind: "cut_tail", seq: 3 });
  await tamper(
    database.engine,
    `UPDATE "AuditHead" SET "seq" = 2, "mac" = (SELECT "mac" FROM "AuditEvent" WHERE "seq" = 2)`,
  );
  const report = await verifyChain();
  expect(report).toMatchObject({ ok: false, rows: 2, anchors: { checked: 2, lastSeq: 5 } });
  expect(report.faults).toEqual([
    {
      kind: "cut_tail",
      seq: 3,
      message: expect.stringMatching(
        /^Anchors name row 5 \(.+Z\), the database ends at 2: the tail was cut, or/,
      ),
    },
  ]);
});

it("finds that a database went on from an earlier state", async () => {
  await recordMany(3);
  await anchorNow();
  await tamper(
    database.engine,
    `DELETE FROM "AuditEvent" WHERE "seq" > 2`,
    `UPDATE "AuditHead" SET "seq" = 2, "mac" = (SELECT "mac" FROM "AuditEvent" WHERE "seq" = 2)`,
  );
  await recordMany(4);
  expect(await verifyChain()).toMatchObject({ rows: 6, faults: [{ kind: "other_history", seq: 3 }] });
});

it("says that the key is another one instead of calling every row changed", async () => {
  await recordMany(2);
  const faults = await withKey(
    "another key of thirty-two characters",
    async () => (await verifyChain()).faults,
  );
  expect(faults).toMatchObject([{ kind: "wrong_key", seq: null }]);
  expect(await verifyChain()).toMatchObject({ ok: true });
});

it("finds that the head was removed", async () => {
  await recordMany(2);
  await tamper(database.engine, `DELETE FROM "AuditHead"`);
  expect(await first()).toMatchObject({ kind: "not_chained" });
});

describe("anchors", () => {
  it("are written at the start, when the head has moved, and at the end, for the owner's eyes only", async () => {
    await recordMany(1);
    await startAudit();
    await anchorNow();
    await recordMany(2);
    await anchorNow();
    await anchorNow();
    await recordMany(1);
    await stopAudit();
    const lines = readFileSync(anchors(), "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).seq)).toEqual([1, 3, 4]);
    expect(JSON.parse(lines[2] ?? "")).toEqual({
      time: expect.stringMatching(/Z$/),
      seq: 4,
      mac: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(statSync(anchors()).mode & 0o777).toBe(0o600);
    expect(await verifyChain()).toMatchObject({
      ok: true,
      anchors: { file: anchors(), checked: 3, lastSeq: 4 },
    });
  });

  it("lie where AUDIT_ANCHOR_FILE says", async () => {
    const other = join(testFolder(), "deep", "anchors.jsonl");
    vi.stubEnv("AUDIT_ANCHOR_FILE", other);
    await recordMany(1);
    await anchorNow();
    expect(statSync(other).size).toBeGreaterThan(50);
  });

  it("that were changed or cannot be read are named", async () => {
    await recordMany(2);
    await anchorNow();
    const anchor = JSON.parse(readFileSync(anchors(), "utf8"));
    writeFileSync(anchors(), `${JSON.stringify({ ...anchor, mac: "0".repeat(64) })}\nhalf a li`);
    const { faults } = await verifyChain();
    expect(faults).toMatchObject([
      { kind: "other_history", seq: 2 },
      { kind: "unreadable_anchor", message: "Line 2 of the anchor file is not an anchor." },
    ]);
  });
});
