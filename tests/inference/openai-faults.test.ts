import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createSafeDispatcher } from "@/lib/core/server";
import type { ChatEvent } from "@/lib/inference";
import { openAiEngine } from "@/lib/inference/engines/openai";
import {
  chunk,
  json,
  openStream,
  raw,
  says,
  scenarios,
  startUpstream,
  type Upstream,
} from "../support/upstream";
import { call, collect, engineOverUpstream, key, never, textOf } from "./openai-upstream";

const { dispatcher, engine, run, upstream } = engineOverUpstream();

describe("faults", () => {
  const cases: [string, Parameters<Upstream["use"]>[0], object][] = [
    ["no headers", scenarios.silentHeaders, { code: "timeout" }],
    [
      "no first token",
      scenarios.silentBody,
      { code: "timeout", message: expect.stringContaining("first token") },
    ],
    [
      "comments only",
      scenarios.commentsOnly,
      { code: "timeout", message: expect.stringContaining("first token") },
    ],
    ["a stalled stream", scenarios.stalls, { code: "timeout", message: expect.stringContaining("stalled") }],
    ["429", scenarios.rateLimited, { code: "rate_limited", status: 429, retryAfter: 7 }],
    [
      "500",
      scenarios.serverError,
      { code: "upstream", status: 500, message: expect.stringContaining("boom") },
    ],
    ["503", json(503, "busy", { "retry-after": "3" }), { code: "unavailable", status: 503, retryAfter: 3 }],
    [
      "401",
      json(401, { error: { message: `bad key ${key}` } }),
      { code: "upstream", status: 401, message: expect.stringContaining("key") },
    ],
    [
      "403",
      json(403, { error: { message: "no" } }),
      { code: "upstream", status: 403, message: expect.stringContaining("key") },
    ],
    ["404", json(404, { error: { message: "no model m" } }), { code: "not_found", status: 404 }],
    [
      "400",
      json(400, { error: { message: "top_p is wrong" } }),
      { code: "invalid", status: 400, message: expect.stringContaining("top_p") },
    ],
    [
      "a redirect",
      scenarios.redirect,
      { code: "upstream", status: 307, message: expect.stringContaining("redirect") },
    ],
    [
      "malformed JSON in the stream",
      raw(["data: {oops\n\n"]),
      { code: "upstream", message: expect.stringContaining("not JSON") },
    ],
    [
      "a stream that breaks off",
      raw([`data: ${chunk({ content: "half" })}\n\n`]),
      { code: "upstream", message: expect.stringContaining("broke off") },
    ],
    [
      "an error inside the stream",
      raw([`data: ${JSON.stringify({ error: { message: "overloaded", code: 503 } })}\n\n`]),
      { code: "unavailable", message: expect.stringContaining("overloaded") },
    ],
    [
      "a line without end",
      scenarios.endlessLine,
      { code: "upstream", message: expect.stringContaining("too large") },
    ],
    [
      "an endless stream",
      scenarios.endless,
      { code: "upstream", message: expect.stringContaining("does not end") },
    ],
    ["a gzip bomb", scenarios.gzipBomb, { code: "upstream", message: expect.stringContaining("compressed") }],
    ["a length that is not reached", scenarios.lyingLength, { code: "upstream" }],
    ["a length that is exceeded", scenarios.overflowingLength, { code: "upstream" }],
    [
      "an HTML page",
      json(200, "<html></html>"),
      { code: "upstream", message: expect.stringContaining("not JSON") },
    ],
    [
      "JSON that is no completion",
      json(200, { hello: 1 }),
      { code: "upstream", message: expect.stringContaining("no completion") },
    ],
  ];

  it("tells what the upstream answered, in a refusal and in a stream, cut and without secrets", async () => {
    const bodyOf = async (scenario: Parameters<Upstream["use"]>[0]) => {
      upstream().use(scenario);
      const last = (await run({})).at(-1);
      return last?.type === "error" ? last.body : expect.fail("it did not fail");
    };
    const error = { message: `full, said ${key}`, queue: { waiting: 9 } };
    const told = await bodyOf(json(500, { error }));
    expect(JSON.parse(told ?? "")).toEqual({ error: { ...error, message: "full, said •••" } });
    expect(await bodyOf(raw([`data: ${JSON.stringify({ error })}\n\n`]))).toContain('"waiting": 9');
    expect(await bodyOf(json(502, "<h1>Bad gateway</h1>\0"))).toBe("<h1>Bad gateway</h1>");
    expect(await bodyOf(json(500, "x".repeat(9000)))).toBe(`${"x".repeat(4000)}…`);
    expect(await bodyOf(json(500, `${"x".repeat(3999)}🙂🙂`))).toBe(`${"x".repeat(3999)}…`);
    expect(await bodyOf(json(401, { error }))).toBeUndefined();
    expect(await bodyOf(json(500, ""))).toBeUndefined();
  });

  it.each(cases)("%s ends in a typed error in time", async (_, scenario, expected) => {
    upstream().use(scenario);
    const started = performance.now();
    // Short where a limit is what is to end it; elsewhere a busy machine must not reach it first.
    const ms = "code" in expected && expected.code === "timeout" ? 300 : 5_000;
    const events = await run({ headersMs: ms, firstTokenMs: ms, stallMs: ms, totalMs: 20_000 });
    expect(events[0]?.type).toBe("start");
    expect(events.at(-1)).toMatchObject({ type: "error", ...expected });
    expect(events.filter(({ type }) => type === "error" || type === "finish")).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it("keeps the text that came before a stall", async () => {
    upstream().use(scenarios.stalls);
    expect(textOf(await run({ stallMs: 200 }))).toBe("one two");
  });

  it("ends a call at its total limit although tokens still come", async () => {
    upstream().use(says(Array(200).fill("x"), { everyMs: 20 }));
    const events = await run({ totalMs: 400 });
    expect(events.at(-1)).toMatchObject({ type: "error", code: "timeout" });
    expect(textOf(events).length).toBeGreaterThan(3);
  });

  it("reports a refused connection and an unknown host", async () => {
    const closed = await startUpstream();
    await closed.close();
    const refused = openAiEngine({ baseUrl: closed.baseUrl, dispatcher });
    expect((await collect(refused.chat(call, never))).at(-1)).toMatchObject({
      code: "upstream",
      message: expect.stringContaining("refused the connection"),
    });
    const unknown = openAiEngine({ baseUrl: "http://absent.invalid/v1", dispatcher });
    expect((await collect(unknown.chat(call, never))).at(-1)).toMatchObject({
      code: "upstream",
      message: expect.stringContaining("host name"),
    });
  });

  it("never shows the key, whole or shortened, whatever the upstream says", async () => {
    for (const status of [400, 401, 403, 404, 429, 500]) {
      upstream().use(
        json(status, {
          error: { message: `key ${key} and ${key.slice(0, 9)}***cdef and Bearer ${key} failed` },
        }),
      );
      const shown = JSON.stringify(await run());
      expect(shown).not.toContain(key);
      expect(shown).not.toContain(key.slice(0, 9));
      expect(shown).not.toContain("cdef");
    }
  });

  it("bounds the upstream's words", async () => {
    upstream().use(json(400, { error: { message: "a b".repeat(20_000) } }));
    const last = (await run()).at(-1);
    expect(last?.type === "error" && last.message.length).toBeLessThan(700);
  });

  it("does not reach a private host that is not allowed", async () => {
    const strict = createSafeDispatcher({ allow: "" });
    const engineOfStranger = openAiEngine({ baseUrl: upstream().baseUrl, apiKey: key, dispatcher: strict });
    const events = await collect(engineOfStranger.chat(call, never));
    expect(events.at(-1)).toMatchObject({
      type: "error",
      message: expect.stringContaining("ALLOW_PRIVATE_HOSTS"),
    });
    expect(upstream().calls).toHaveLength(0);
    await strict.close();
  });
});

describe("abort", () => {
  it.each([
    ["before headers", scenarios.silentHeaders],
    ["before the first token", scenarios.silentBody],
    ["between tokens", scenarios.stalls],
    ["in a flood", scenarios.endless],
  ] as const)("%s closes the upstream's socket within a second", async (_, scenario) => {
    upstream().use(scenario);
    const stop = new AbortController();
    // A flood holds timers up on a busy machine; there the caller leaves with the first words.
    const isFlood = scenario === scenarios.endless;
    if (!isFlood) setTimeout(() => stop.abort(), 150);
    const events: ChatEvent[] = [];
    for await (const event of engine().chat(call, stop.signal)) {
      events.push(event);
      if (isFlood && event.type === "delta") stop.abort();
    }
    const abortedAt = performance.now();
    expect(events.at(-1)).toEqual({ type: "finish", reason: "aborted" });
    await expect.poll(() => upstream().calls[0]?.abandonedAt, { timeout: 1_000 }).toBeDefined();
    expect((upstream().calls[0]?.abandonedAt ?? Infinity) - abortedAt).toBeLessThan(1_000);
  });

  it("sends nothing when it was aborted before", async () => {
    const events = await collect(engine().chat(call, AbortSignal.abort()));
    expect(events.at(-1)).toEqual({ type: "finish", reason: "aborted" });
    expect(upstream().calls).toHaveLength(0);
  });

  it("a reader that leaves lets go of the upstream", async () => {
    upstream().use(scenarios.stalls);
    for await (const event of engine().chat(call, never)) if (event.type === "delta") break;
    await expect.poll(() => upstream().calls[0]?.abandonedAt, { timeout: 1_000 }).toBeDefined();
  });

  it("a slow reader holds the upstream back instead of filling the memory", async () => {
    let sent = 0;
    upstream().use((_, response) => {
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
    const stop = new AbortController();
    for await (const event of engine().chat(call, stop.signal)) {
      if (event.type === "delta") {
        await wait(500);
        break;
      }
    }
    const held = sent;
    expect(held).toBeGreaterThan(100_000);
    expect(held).toBeLessThan(16 * 1024 * 1024);
  });
});
