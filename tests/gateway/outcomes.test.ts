import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db/server";
import { gatewayLoad } from "@/lib/gateway/load";
import { forgetUpstreams } from "@/lib/gateway/upstreams";
import {
  chunk,
  json,
  openStream,
  raw,
  type Scenario,
  says,
  scenarios,
  startUpstream,
} from "../support/upstream";
import { type Harness, startHarness } from "./harness";

let gateway: Harness;
beforeAll(async () => {
  gateway = await startHarness();
});
afterAll(() => gateway.close());
beforeEach(() => gateway.reset());

const chat = (extra: object = {}) => ({
  model: "up/chat",
  messages: [{ role: "user", content: "Hi" }],
  ...extra,
});

/** A raw client that may read as slowly, and leave as rudely, as it likes. */
function rawStream(body: object) {
  const text = JSON.stringify(body);
  const socket = connect(gateway.port, "127.0.0.1");
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${gateway.key}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
  socket.on("error", () => undefined);
  return socket;
}

/** The server has noticed that every caller has gone, and no call runs. */
async function everyoneHasLeft() {
  const connections = () =>
    new Promise<number>((resolve) => gateway.server.getConnections((_, count) => resolve(count)));
  await expect.poll(connections, { timeout: 10_000 }).toBe(0);
  await expect.poll(() => gatewayLoad().active.size, { timeout: 5_000 }).toBe(0);
}

describe("one row for every call", () => {
  it("answered whole", async () => {
    await gateway.post("/chat/completions", chat({ temperature: 0.5, seed: 3 }));
    const [row, ...others] = await gateway.rows();
    expect(others).toEqual([]);
    const connection = await (await db()).prisma.connection.findUniqueOrThrow({ where: { name: "up" } });
    expect(row).toMatchObject({
      userId: gateway.admin.actor.userId,
      keyId: gateway.key.split("_")[1],
      source: "api",
      task: "chat",
      model: "up/chat",
      connectionId: connection.id,
      engine: "remote",
      device: "up",
      parameters: { temperature: 0.5, seed: 3 },
      stream: false,
      inputTokens: 7,
      outputTokens: 3,
      outcome: "ok",
      statusCode: 200,
      finishReason: "stop",
      errorCode: null,
      clientReported: false,
    });
    expect(row?.durationMs).toBeGreaterThan(0);
    expect(Math.abs((row?.startedAt.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it("streamed, with the time to the first token", async () => {
    gateway.upstream.use(says(["a", "b", "c"], { everyMs: 30 }));
    await (await gateway.post("/chat/completions", chat({ stream: true }))).text();
    const [row] = await gateway.rows();
    expect(row).toMatchObject({ stream: true, outcome: "ok" });
    expect(row?.firstTokenMs).toBeGreaterThanOrEqual(25);
    expect(row?.durationMs).toBeGreaterThan((row?.firstTokenMs ?? 0) + 40);
  });

  it("estimated, and marked so, when the upstream counts nothing", async () => {
    gateway.upstream.use(says(["12345678"], { usage: false }));
    const answer = await (await gateway.post("/chat/completions", chat())).json();
    expect(answer.usage).toMatchObject({ completion_tokens: 2, estimated: true });
    expect((await gateway.rows())[0]).toMatchObject({
      outputTokens: 2,
      parameters: { usage_estimated: true },
    });
  });

  it("embedded", async () => {
    await gateway.post("/embeddings", { model: "grain-embed", input: ["a", "b"] });
    expect((await gateway.rows())[0]).toMatchObject({
      task: "embedding",
      model: "grain-embed",
      engine: "server",
      device: "CPU",
      outcome: "ok",
      parameters: { inputs: 2 },
    });
  });

  it("refused by the engine", async () => {
    const response = await gateway.post("/embeddings", { model: "grain-embed", input: "a", dimensions: 7 });
    expect(response.status).toBe(400);
    expect((await gateway.rows())[0]).toMatchObject({
      outcome: "error",
      statusCode: 400,
      errorCode: "invalid",
      inputTokens: null,
    });
  });

  it("never holds a text of the conversation", async () => {
    const secret = "the launch code is 0000";
    await gateway.post(
      "/chat/completions",
      chat({ messages: [{ role: "user", content: secret }], user: secret, metadata: { a: secret } }),
    );
    expect(JSON.stringify(await gateway.rows())).not.toContain("launch code");
  });

  it("takes stop sequences that PostgreSQL could not store", async () => {
    await gateway.post("/chat/completions", chat({ stop: ["a\u0000b", "\ud800"] }));
    expect((await gateway.rows())[0]).toMatchObject({
      outcome: "ok",
      parameters: { stop: ["a\ufffdb", "\ufffd"] },
    });
  });

  const faults: [string, Scenario, number, string][] = [
    ["429", scenarios.rateLimited, 429, "rate_limited"],
    ["500", scenarios.serverError, 502, "upstream"],
    ["503", json(503, "busy"), 503, "unavailable"],
    ["401", json(401, {}), 502, "upstream"],
    ["404", json(404, {}), 404, "not_found"],
    ["a redirect", scenarios.redirect, 502, "upstream"],
    ["malformed events", raw(["data: {oops\n\n"]), 502, "upstream"],
    ["an endless line", scenarios.endlessLine, 502, "upstream"],
    ["a gzip bomb", scenarios.gzipBomb, 502, "upstream"],
    ["a length that lies", scenarios.lyingLength, 502, "upstream"],
    ["a stream that breaks off at once", raw([]), 502, "upstream"],
  ];

  it.each(faults)("failed by the upstream: %s", async (_, scenario, status, code) => {
    gateway.upstream.use(scenario);
    for (const stream of [true, false]) {
      const response = await gateway.post("/chat/completions", chat({ stream }));
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({
        error: { message: expect.any(String), type: expect.any(String) },
      });
    }
    const rows = await gateway.rows();
    expect(rows).toHaveLength(2);
    for (const row of rows)
      expect(row).toMatchObject({ outcome: "error", statusCode: status, errorCode: code });
    expect(gatewayLoad().active.size).toBe(0);
  });

  it("failed after its first token: the text stays, the last event says why", async () => {
    gateway.upstream.use(raw([`data: ${chunk({ content: "half" })}\n\n`]));
    const text = await (await gateway.post("/chat/completions", chat({ stream: true }))).text();
    expect(text).toContain('"content":"half"');
    expect(text.trimEnd().split("\n\n").at(-1)).toMatch(/^data: \{"error":\{"message":".*broke off/);
    expect(text).not.toContain("[DONE]");
    expect((await gateway.rows())[0]).toMatchObject({ outcome: "error", firstTokenMs: expect.any(Number) });
  });

  it("failed because nobody listens at the connection's address", async () => {
    const closed = await startUpstream();
    await closed.close();
    const { prisma } = await db();
    await prisma.connection.update({ where: { name: "up" }, data: { baseUrl: closed.baseUrl, version: 2 } });
    forgetUpstreams();
    const response = await gateway.post("/chat/completions", chat());
    expect([response.status, (await response.json()).error.message]).toEqual([
      502,
      "The upstream refused the connection.",
    ]);
    expect((await gateway.rows())[0]).toMatchObject({ outcome: "error", statusCode: 502 });
  });
});

describe("a caller that leaves", () => {
  it.each([0, 1, 5, 20, 60, 120, 250])(
    "after %i ms gets its row, and the upstream is let go",
    { timeout: 60_000 },
    async (delay) => {
      gateway.upstream.use(says(Array(100).fill("token "), { everyMs: 10 }));
      gateway.server.closeIdleConnections();
      const socket = rawStream(chat({ stream: true }));
      await wait(delay);
      socket.destroy();
      await everyoneHasLeft();
      const { calls } = gateway.upstream;
      // Who leaves early enough was never a call, or was ended before the upstream was asked. A connection
      // that was closed before the server took it still becomes a call a little later.
      await expect.poll(async () => (await gateway.rows()).length - calls.length).toBeGreaterThanOrEqual(0);
      const rows = await gateway.rows();
      expect(rows.length).toBeLessThanOrEqual(1);
      for (const row of rows) expect(row).toMatchObject({ outcome: "client_closed", statusCode: 499 });
      for (const call of calls) await expect.poll(() => call.abandonedAt, { timeout: 1_000 }).toBeDefined();
    },
  );

  it("while the model still thinks frees its place within a second", async () => {
    gateway.upstream.use(scenarios.silentBody);
    const socket = rawStream(chat({ stream: true }));
    await expect.poll(() => gateway.upstream.calls.length, { timeout: 10_000 }).toBe(1);
    const left = performance.now();
    socket.destroy();
    await expect.poll(() => gateway.upstream.calls[0]?.abandonedAt, { timeout: 5_000 }).toBeDefined();
    expect((gateway.upstream.calls[0]?.abandonedAt ?? Infinity) - left).toBeLessThan(1_000);
    await expect.poll(async () => (await gateway.rows())[0]?.outcome).toBe("client_closed");
  });
});

describe("a slow reader", () => {
  it("holds the upstream back, costs no memory, and its row says how it ended", {
    timeout: 60_000,
  }, async () => {
    let sent = 0;
    gateway.upstream.use((_, response) => {
      openStream(response);
      const line = `data: ${chunk({ content: "x".repeat(100) })}\n\n`;
      const pour = () => {
        while (!response.destroyed) {
          sent += line.length;
          if (!response.write(line)) break;
        }
      };
      response.on("drain", pour);
      pour();
    });
    const socket = rawStream(chat({ stream: true }));
    socket.once("data", () => socket.pause());
    await expect.poll(() => sent, { timeout: 10_000 }).toBeGreaterThan(100_000);
    let before = 0;
    const isHeld = () => {
      const held = sent === before;
      before = sent;
      return held;
    };
    // What the kernel's own buffers hold is some megabytes.
    await expect.poll(isHeld, { timeout: 20_000, interval: 1_000 }).toBe(true);
    expect(sent).toBeLessThan(32 * 1024 * 1024);
    socket.destroy();
    await expect
      .poll(async () => (await gateway.rows())[0]?.outcome, { timeout: 10_000 })
      .toBe("client_closed");
  });
});

describe("under load", () => {
  const words = Array.from({ length: 60 }, (_, i) => `w${i} `);

  async function readStream() {
    const text = await (await gateway.post("/chat/completions", chat({ stream: true }))).text();
    const chunks = text
      .split("\n\n")
      .filter((line) => line.startsWith("data: {"))
      .map((line) => JSON.parse(line.slice(6)));
    const deltas: string[] = chunks.map((part) => part.choices[0]?.delta.content ?? "");
    return { frames: chunks.length, text: deltas.join(""), first: deltas[0] };
  }

  it("many streams complete, each with its text and its row, and later tokens share frames", {
    timeout: 120_000,
  }, async () => {
    const streams = 40;
    gateway.upstream.use(says(words));
    const alone = await readStream();
    gateway.upstream.calls.length = 0;
    // Nobody is answered before all have asked, so that all run at once.
    gateway.upstream.use(async (call, response, request) => {
      while (gateway.upstream.calls.length < streams) await wait(5);
      return says(words)(call, response, request);
    });
    expect(alone).toEqual({ frames: words.length + 1, text: words.join(""), first: "w0 " });
    const answers = await Promise.all(Array.from({ length: streams }, readStream));
    for (const { text, first } of answers)
      expect({ text, first }).toEqual({ text: alone.text, first: "w0 " });
    expect(Math.min(...answers.map(({ frames }) => frames))).toBeLessThan(words.length / 4);
    expect(await gateway.rows()).toHaveLength(streams + 1);
  });
});
