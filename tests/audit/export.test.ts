import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { beforeEach, expect, it } from "vitest";
import { GET } from "@/app/api/audit/export/route";
import { appendRows } from "@/lib/audit/append";
import { rowOf } from "@/lib/audit/row";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { anotherContext, apiRequest, testContext } from "@/tests/support/context";
import { action, origin, recordMany } from "./support";

let ana: Context;

beforeEach(async () => {
  ana = await testContext({ role: "admin" });
});

const exported = async (query = "", as = ana) => GET(await apiRequest(`/api/audit/export${query}`, { as }));

/** Lines as a SIEM reads them. */
function linesOf({ body }: Response) {
  if (!body) throw new Error("An export has a body");
  return createInterface({ input: Readable.fromWeb(body as NodeStream) });
}

it("writes one JSON object a line, oldest first, and a row about itself", async () => {
  await recordMany(2);
  const response = await exported();
  expect(response.headers.get("content-type")).toContain("application/jsonl");
  const rows = (await response.text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows.map(({ seq, action_name, request_params }) => [seq, action_name, request_params])).toEqual([
    [1, "createKey", { n: 1 }],
    [2, "createKey", { n: 2 }],
    [3, "exportAuditEvents", {}],
  ]);
  expect(rows[0]).toMatchObject({
    mac: expect.stringMatching(/^[0-9a-f]{64}$/),
    audit_level: "WORKSPACE_LEVEL",
  });
});

it("is narrowed like the page, and to one's own rows for members", async () => {
  await recordMany(1);
  await recordMany(1, { status: 403 });
  expect((await (await exported("?outcome=refused")).text()).split("\n")).toHaveLength(2);
  const ben = await anotherContext();
  expect((await exported("", ben)).status).toBe(403);
  expect((await exported("?limit=5", ana)).status).toBe(422);
  const own = (await (await exported("?mine=1", ben)).text()).trimEnd().split("\n");
  expect(own.map((line) => JSON.parse(line).user_identity.subject_id)).toEqual([
    ben.actor.userId,
    ben.actor.userId,
  ]);
});

it("streams 50,000 rows, reading on only as they are taken", { timeout: 240_000 }, async () => {
  const database = await db();
  for (let at = 0; at < 50_000; at += 2_500) {
    await database.write((tx) =>
      appendRows(
        tx,
        Array.from({ length: 2_500 }, (_, n) => rowOf(origin, action({ n: at + n, note: "x".repeat(200) }))),
      ),
    );
  }
  const { prisma } = database;
  const response = await exported();
  let queries = 0;
  const read = prisma.$queryRaw.bind(prisma);
  Object.defineProperty(prisma, "$queryRaw", {
    configurable: true,
    value: (...args: Parameters<typeof read>) => {
      queries += 1;
      return read(...args);
    },
  });
  try {
    await new Promise((resolve) => setTimeout(resolve, 300));
    // Nobody takes anything: the response wrapped around it may hold one batch, not the log.
    expect(queries).toBeLessThanOrEqual(2);
    let seq = 0;
    let bytes = 0;
    let most = 0;
    const start = process.memoryUsage().heapUsed;
    for await (const line of linesOf(response)) {
      seq += 1;
      bytes += line.length;
      if (seq !== JSON.parse(line).seq) throw new Error(`Row ${seq} is missing: ${line.slice(0, 300)}`);
      if (seq % 1_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed - start);
    }
    expect(seq).toBe(50_001);
    expect(bytes).toBeGreaterThan(35_000_000);
    expect(queries).toBeGreaterThan(50_000 / 500);
    expect(most).toBeLessThan(bytes * 4);
  } finally {
    Reflect.deleteProperty(prisma, "$queryRaw");
  }
});
