import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { newId } from "@/lib/core";
import { dropSingle } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { encodeRecord } from "@/lib/gateway/journal/record";
import { runChat, startGateway, stopGateway } from "@/lib/gateway/server";
import { says, scenarios } from "../support/upstream";
import { type Harness, startHarness } from "./harness";

let gateway: Harness;
beforeEach(async () => {
  gateway = await startHarness();
});
afterEach(() => gateway.close());

const chat = (extra: object = {}) => ({
  model: "up/chat",
  messages: [{ role: "user", content: "Hi" }],
  ...extra,
});
const invocations = async () => (await db()).prisma.invocation.findMany();

it("lets running streams end, refuses new calls with 503, and leaves every row in the database", async () => {
  gateway.upstream.use(says(["a", "b", "c"], { everyMs: 150 }));
  const running = await gateway.post("/chat/completions", chat({ stream: true }));
  const stopping = stopGateway({ drainMs: 20_000 });
  const refused = await gateway.post("/chat/completions", chat());
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
  expect(await running.text()).toContain("[DONE]");
  await stopping;
  expect((await invocations()).map(({ outcome }) => outcome)).toEqual(["ok"]);
});

it("ends streams that do not end by themselves with an error event", async () => {
  gateway.upstream.use(scenarios.stalls);
  const running = await gateway.post("/chat/completions", chat({ stream: true }));
  const started = performance.now();
  const [text] = await Promise.all([running.text(), stopGateway({ drainMs: 300 })]);
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(text).toContain('"content":"two"');
  expect(text.trimEnd().split("\n\n").at(-1)).toContain("The workbench is stopping");
  expect(await invocations()).toMatchObject([
    { outcome: "error", statusCode: 503, errorCode: "unavailable" },
  ]);
});

it("takes calls again after a new start", async () => {
  await stopGateway({ drainMs: 0 });
  expect((await gateway.post("/chat/completions", chat())).status).toBe(503);
  await startGateway();
  expect((await gateway.post("/chat/completions", chat())).status).toBe(200);
});

it("moves the rows that a killed process left into the database, once", async () => {
  await stopGateway({ drainMs: 0 });
  const row = (id: string) => ({
    id,
    requestId: "req_1",
    traceId: "0".repeat(32),
    userId: gateway.admin.actor.userId,
    keyId: null,
    source: "api",
    task: "chat",
    model: "up/chat",
    connectionId: null,
    engine: "remote",
    device: "up",
    parameters: { temperature: 0.5 },
    stream: true,
    startedAt: new Date().toISOString(),
    durationMs: 12.5,
    firstTokenMs: 3.25,
    inputTokens: 1,
    outputTokens: 2,
    outcome: "ok",
    statusCode: 200,
    finishReason: "stop",
    errorCode: null,
    clientReported: false,
  });
  const ids = Array.from({ length: 250 }, () => newId("inv"));
  const segment = Buffer.concat([
    ...ids.map((id) => encodeRecord(row(id))),
    encodeRecord({ not: "a row" }),
    Buffer.from("torn"),
  ]);
  mkdirSync(join(gateway.dataDir, "journal"), { recursive: true });
  for (let start = 0; start < 2; start++) {
    writeFileSync(join(gateway.dataDir, "journal", "000000001-000000-1.log"), segment);
    dropSingle("gateway.journal");
    await startGateway();
    const rows = await invocations();
    expect(rows.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(rows[0]).toMatchObject({ durationMs: 12.5, firstTokenMs: 3.25, parameters: { temperature: 0.5 } });
  }
  expect(readdirSync(join(gateway.dataDir, "journal"))).toEqual(["rejected.jsonl"]);
});

it("refuses calls instead of leaving them unrecorded when the journal cannot be written", async () => {
  await stopGateway({ drainMs: 0 });
  const folder = join(gateway.dataDir, "journal");
  if (existsSync(folder)) rmSync(folder, { recursive: true });
  writeFileSync(folder, "in the way");
  await startGateway().catch(() => undefined);
  const first = await gateway.post("/chat/completions", chat());
  expect(first.status).toBe(503);
  expect((await first.json()).error.message).toContain("cannot be recorded");
  const asked = gateway.upstream.calls.length;
  expect((await gateway.post("/chat/completions", chat())).status).toBe(503);
  expect(gateway.upstream.calls).toHaveLength(asked);
  expect(
    (await fetch(`${gateway.baseUrl}/models`, { headers: { authorization: `Bearer ${gateway.key}` } }))
      .status,
  ).toBe(200);
  rmSync(folder);
  await expect
    .poll(async () => (await gateway.post("/chat/completions", chat())).status, { timeout: 10_000 })
    .toBe(200);
  expect((await gateway.rows()).length).toBeGreaterThanOrEqual(2);
});

it("frees the place of a caller that leaves before it reads anything", async () => {
  const stop = new AbortController();
  const run = await runChat(
    gateway.admin,
    { model: "up/chat", messages: [{ role: "user", content: "Hi" }], parameters: {} },
    { source: "playground", signal: stop.signal },
  );
  stop.abort();
  await expect
    .poll(async () => (await gateway.rows()).map(({ id, outcome }) => [id, outcome]))
    .toEqual([[run.invocationId, "client_closed"]]);
  expect(gateway.upstream.calls).toHaveLength(0);
});
