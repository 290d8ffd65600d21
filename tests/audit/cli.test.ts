import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startAuditLog, stopAuditLog } from "@/lib/audit-log/server";
import { dropSingle } from "@/lib/core/server";
import { db, restoreFrom } from "@/lib/db/server";
import { main } from "@/scripts/cli";
import { testDataFolder } from "@/tests/support/database";
import { testFolder } from "@/tests/support/folder";
import { recordMany } from "./support";

let dataDir: string;
let elsewhere: string;

beforeEach(async () => {
  elsewhere = testFolder();
  dataDir = await testDataFolder();
  vi.stubEnv("DATA_DIR", dataDir);
  dropSingle("db");
  dropSingle("audit.anchoring");
});

afterEach(() => vi.unstubAllEnvs());

async function tessera(...args: string[]): Promise<{ status: number; said: string }> {
  const said: string[] = [];
  const out = vi.spyOn(console, "log").mockImplementation((line) => said.push(String(line)));
  const err = vi.spyOn(console, "error").mockImplementation((line) => said.push(String(line)));
  try {
    return { status: await main(args, elsewhere), said: said.join("\n") };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

/** What a start does, `work`, and what a stop does. */
async function running<T>(work: () => Promise<T>): Promise<T> {
  const database = await db();
  await startAuditLog();
  try {
    return await work();
  } finally {
    await stopAuditLog();
    await database.close();
    dropSingle("db");
  }
}

it("verifies a stopped workbench and one that runs", { timeout: 120_000 }, async () => {
  await running(async () => {
    await recordMany(3);
    expect(await tessera("audit", "verify")).toMatchObject({
      status: 0,
      said: expect.stringMatching(/^The audit log is whole\. 3 rows verified; the log ends at row 3\./),
    });
  });
  const { status, said } = await tessera("audit", "verify", "--json");
  dropSingle("db");
  expect(status).toBe(0);
  expect(JSON.parse(said)).toMatchObject({ ok: true, rows: 3, anchors: { checked: 1, lastSeq: 3 } });
});

it("exits with 1 and says where the log was changed", { timeout: 120_000 }, async () => {
  await running(async () => {
    await recordMany(4);
    const { prisma } = await db();
    await prisma.$transaction([
      prisma.$executeRaw`SET LOCAL session_replication_role = replica`,
      prisma.$executeRaw`UPDATE "AuditEvent" SET "statusCode" = 200, "userIdentity" = 'somebody else' WHERE "seq" = 2`,
    ]);
  });
  const plain = await tessera("audit", "verify");
  dropSingle("db");
  expect(plain.status).toBe(1);
  expect(plain.said).toContain(
    "The audit log is NOT whole, from row 2 on.\n  changed row: Row 2 does not carry",
  );
  const json = await tessera("audit", "verify", "--json");
  dropSingle("db");
  expect(json.status).toBe(1);
  expect(JSON.parse(json.said)).toMatchObject({ ok: false, faults: [{ kind: "changed_row", seq: 2 }] });
});

it("says precisely what a restored backup lacks", { timeout: 120_000 }, async () => {
  const anchors = join(testFolder(), "anchors.jsonl");
  vi.stubEnv("AUDIT_ANCHOR_FILE", anchors);
  const file = join(testFolder(), "backup.tgz");
  await running(async () => {
    await recordMany(2);
    expect((await tessera("backup", file)).status).toBe(0);
    await recordMany(3);
  });
  const into = testFolder();
  rmSync(into, { recursive: true });
  await restoreFrom(file, into);
  vi.stubEnv("DATA_DIR", into);
  const { status, said } = await tessera("audit", "verify");
  dropSingle("db");
  expect(status).toBe(1);
  expect(said).toMatch(
    /Anchors name row 5 \(.+\), the database ends at 2: the tail was cut, or the database was restored/,
  );
  expect(readFileSync(anchors, "utf8").trimEnd().split("\n")).toHaveLength(1);
});

it("exports to a new file, stopped or running, and records that", { timeout: 120_000 }, async () => {
  const file = join(elsewhere, "audit.jsonl");
  await running(async () => {
    await recordMany(2);
    await recordMany(1, { status: 403 });
    expect(await tessera("audit", "export", "refused.jsonl", "--outcome", "refused")).toEqual({
      status: 0,
      said: `1 row exported to ${join(elsewhere, "refused.jsonl")}.`,
    });
  });
  expect(await tessera("audit", "export", file)).toMatchObject({ status: 0 });
  dropSingle("db");
  const actions = readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).action_name);
  expect(actions).toEqual(["createKey", "createKey", "createKey", "exportAuditEvents", "exportAuditEvents"]);
  expect(await tessera("audit", "export", file)).toMatchObject({
    status: 1,
    said: expect.stringContaining("exists already"),
  });
  dropSingle("db");
  expect(await tessera("audit", "export", "x.jsonl", "--outcome", "perhaps")).toMatchObject({ status: 1 });
  expect(await tessera("audit", "what")).toMatchObject({
    status: 1,
    said: expect.stringContaining("Usage:"),
  });
});
