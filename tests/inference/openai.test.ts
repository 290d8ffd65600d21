import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSafeDispatcher } from "@/lib/core/server";
import type { ChatCall, ChatEvent } from "@/lib/inference";
import { type OpenAiOptions, openAiEngine } from "@/lib/inference/engines/openai";
import {
  chunk,
  json,
  openStream,
  raw,
  says,
  scenarios,
  startUpstream,
  type Upstream,
  usageChunk,
} from "../support/upstream";

let upstream: Upstream;
beforeAll(async () => {
  upstream = await startUpstream();
});
afterAll(() => upstream.close());
beforeEach(() => {
  upstream.calls.length = 0;
  upstream.use(scenarios.hello);
});

const key = "sk-test-0123456789abcdef";
const call: ChatCall = { model: "m", messages: [{ role: "user", content: "Hi there" }], parameters: {} };
const dispatcher = createSafeDispatcher({ allow: "127.0.0.1" });
afterAll(() => dispatcher.destroy());

function engine(timeouts: OpenAiOptions["timeouts"] = {}) {
  return openAiEngine({ baseUrl: upstream.baseUrl, apiKey: key, dispatcher, timeouts });
}

async function collect(events: AsyncIterable<ChatEvent>): Promise<ChatEvent[]> {
  const all: ChatEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const textOf = (events: ChatEvent[]) =>
  events.map((event) => (event.type === "delta" ? event.text : "")).join("");
const never = new AbortController().signal;
const run = (timeouts?: OpenAiOptions["timeouts"], overrides: Partial<ChatCall> = {}) =>
  collect(engine(timeouts).chat({ ...call, ...overrides }, never));

describe("chat", () => {
  it("streams start, deltas, usage and finish in the port's order", async () => {
    expect(await run()).toEqual([
      { type: "start", engine: { kind: "remote", device: `127.0.0.1:${upstream.port}` } },
      { type: "delta", text: "Hel", tokens: 0 },
      { type: "delta", text: "lo", tokens: 0 },
      { type: "delta", text: " there", tokens: 0 },
      { type: "usage", inputTokens: 7, outputTokens: 3, reported: true },
      { type: "finish", reason: "stop" },
    ]);
  });

  it("asks for one whole answer when no stream is wanted", async () => {
    const events = await collect(engine().chat(call, never, { whole: true }));
    expect(events.map(({ type }) => type)).toEqual(["start", "delta", "usage", "finish"]);
    expect(textOf(events)).toBe("Hello there");
    expect(upstream.calls[0]?.body).not.toHaveProperty("stream");
  });

  it("sends the key, the call and nothing for blank parameters", async () => {
    await run();
    const { headers, body, path } = upstream.calls[0] ?? expect.fail("no call");
    expect(path).toBe("/v1/chat/completions");
    expect(headers.authorization).toBe(`Bearer ${key}`);
    expect(headers["accept-encoding"]).toBe("identity");
    expect(body).toEqual({
      model: "m",
      messages: call.messages,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it("passes parameters, tools, tool choice and response format on", async () => {
    const tools = [
      { type: "function" as const, function: { name: "look_up", parameters: { type: "object" } } },
    ];
    const responseFormat = { type: "json_object" as const };
    await run(
      {},
      {
        parameters: { temperature: 0, max_tokens: 5, stop: ["x"], seed: 3 },
        tools,
        toolChoice: "auto",
        responseFormat,
      },
    );
    expect(upstream.calls[0]?.body).toMatchObject({
      temperature: 0,
      max_tokens: 5,
      stop: ["x"],
      seed: 3,
      tools,
      tool_choice: "auto",
      response_format: responseFormat,
    });
  });

  it("keeps the base URL's query, and its path without a doubled slash", async () => {
    const odd = openAiEngine({ baseUrl: `${upstream.baseUrl}/deploy/?api-version=1`, dispatcher });
    await collect(odd.chat(call, never));
    expect(upstream.calls[0]?.path).toBe("/v1/deploy/chat/completions?api-version=1");
    expect(upstream.calls[0]?.headers).not.toHaveProperty("authorization");
  });

  it("assembles tool calls from fragments", async () => {
    const calls = (fragment: object) => `data: ${chunk({ tool_calls: [fragment] })}\n\n`;
    upstream.use(
      raw([
        calls({ index: 0, id: "call_1", type: "function", function: { name: "add", arguments: "" } }),
        calls({ index: 0, function: { arguments: '{"a":' } }),
        calls({ index: 0, function: { arguments: "1}" } }),
        `data: ${chunk({}, "tool_calls")}\n\ndata: [DONE]\n\n`,
      ]),
    );
    const events = await run();
    const fragments = events.filter((event) => event.type === "tool_call");
    expect(fragments[0]).toEqual({ type: "tool_call", index: 0, id: "call_1", name: "add", arguments: "" });
    expect(fragments.map((event) => event.arguments).join("")).toBe('{"a":1}');
    expect(events.at(-1)).toEqual({ type: "finish", reason: "tool_calls" });
  });

  it("estimates usage, marked as not reported, when the upstream gives none", async () => {
    upstream.use(says(["12345678"], { usage: false }));
    expect(await run()).toContainEqual({ type: "usage", inputTokens: 2, outputTokens: 2, reported: false });
  });

  it("tries again without stream_options, and remembers, when the upstream refuses them", async () => {
    const refuse = json(400, { error: { message: "Unknown field", param: "stream_options" } });
    upstream.queue(refuse);
    const one = engine();
    const first = await collect(one.chat(call, never));
    expect(textOf(first)).toBe("Hello there");
    await collect(one.chat(call, never));
    expect(upstream.calls.map(({ body }) => "stream_options" in body)).toEqual([true, false, false]);
  });

  it("renames max_tokens when the upstream asks for it", async () => {
    upstream.queue(json(400, { error: { message: "Use 'max_completion_tokens' instead." } }));
    const events = await run({}, { parameters: { max_tokens: 9 } });
    expect(events.at(-1)).toEqual({ type: "finish", reason: "stop" });
    expect(upstream.calls[1]?.body).toMatchObject({ max_completion_tokens: 9 });
    expect(upstream.calls[1]?.body).not.toHaveProperty("max_tokens");
  });

  it("reuses the socket of a finished stream", async () => {
    const one = engine();
    await collect(one.chat(call, never));
    await wait(50);
    const before = upstream.openSockets();
    await collect(one.chat(call, never));
    expect(upstream.openSockets()).toBe(before);
  });

  it("takes a stream without [DONE], and one without finish_reason", async () => {
    upstream.queue(raw([`data: ${chunk({ content: "a" })}\n\n`, `data: ${chunk({}, "length")}\n\n`]));
    expect((await run()).at(-1)).toEqual({ type: "finish", reason: "length" });
    upstream.queue(raw([`data: ${chunk({ content: "a" })}\n\n`, "data: [DONE]\n\n"]));
    expect((await run()).at(-1)).toEqual({ type: "finish", reason: "stop" });
  });

  it("understands CRLF, comments and characters cut by the network", async () => {
    const event = Buffer.from(`: hi\r\n\r\ndata: ${chunk({ content: "né🙂" })}\r\n\r\n`);
    const bytes = [...event].map((byte) => Buffer.from([byte]));
    upstream.queue(
      raw([...bytes, `data: ${chunk({}, "stop")}\r\n\r\n`, `data: ${usageChunk(1, 2)}\r\n\r\n`]),
    );
    expect(textOf(await run())).toBe("né🙂");
  });

  it("takes an answer in the other form than asked for", async () => {
    upstream.queue(raw([`data: ${chunk({ content: "streamed" })}\n\n`, `data: ${chunk({}, "stop")}\n\n`]));
    expect(textOf(await collect(engine().chat(call, never, { whole: true })))).toBe("streamed");
    upstream.queue(
      json(200, { choices: [{ index: 0, message: { content: "whole" }, finish_reason: "stop" }] }),
    );
    expect(textOf(await run())).toBe("whole");
  });
});

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

  it.each(cases)("%s ends in a typed error in time", async (_, scenario, expected) => {
    upstream.use(scenario);
    const started = performance.now();
    const events = await run({ headersMs: 300, firstTokenMs: 300, stallMs: 300, totalMs: 20_000 });
    expect(events[0]?.type).toBe("start");
    expect(events.at(-1)).toMatchObject({ type: "error", ...expected });
    expect(events.filter(({ type }) => type === "error" || type === "finish")).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it("keeps the text that came before a stall", async () => {
    upstream.use(scenarios.stalls);
    expect(textOf(await run({ stallMs: 200 }))).toBe("one two");
  });

  it("ends a call at its total limit although tokens still come", async () => {
    upstream.use(says(Array(200).fill("x"), { everyMs: 20 }));
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
      upstream.use(
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
    upstream.use(json(400, { error: { message: "a b".repeat(20_000) } }));
    const last = (await run()).at(-1);
    expect(last?.type === "error" && last.message.length).toBeLessThan(700);
  });

  it("does not reach a private host that is not allowed", async () => {
    const strict = createSafeDispatcher({ allow: "" });
    const engineOfStranger = openAiEngine({ baseUrl: upstream.baseUrl, apiKey: key, dispatcher: strict });
    const events = await collect(engineOfStranger.chat(call, never));
    expect(events.at(-1)).toMatchObject({
      type: "error",
      message: expect.stringContaining("ALLOW_PRIVATE_HOSTS"),
    });
    expect(upstream.calls).toHaveLength(0);
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
    upstream.use(scenario);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 150);
    const events = await collect(engine().chat(call, stop.signal));
    const abortedAt = performance.now();
    expect(events.at(-1)).toEqual({ type: "finish", reason: "aborted" });
    await expect.poll(() => upstream.calls[0]?.abandonedAt, { timeout: 1_000 }).toBeDefined();
    expect((upstream.calls[0]?.abandonedAt ?? Infinity) - abortedAt).toBeLessThan(1_000);
  });

  it("sends nothing when it was aborted before", async () => {
    const events = await collect(engine().chat(call, AbortSignal.abort()));
    expect(events.at(-1)).toEqual({ type: "finish", reason: "aborted" });
    expect(upstream.calls).toHaveLength(0);
  });

  it("a reader that leaves lets go of the upstream", async () => {
    upstream.use(scenarios.stalls);
    for await (const event of engine().chat(call, never)) if (event.type === "delta") break;
    await expect.poll(() => upstream.calls[0]?.abandonedAt, { timeout: 1_000 }).toBeDefined();
  });

  it("a slow reader holds the upstream back instead of filling the memory", async () => {
    let sent = 0;
    upstream.use((_, response) => {
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

describe("embeddings and models", () => {
  it("returns one vector per text in order, from floats and from base64", async () => {
    const base64 = Buffer.from(new Float32Array([0.5, -1]).buffer).toString("base64");
    upstream.use(
      json(200, {
        data: [
          { index: 1, embedding: [3, 4] },
          { index: 0, embedding: base64 },
        ],
        usage: { prompt_tokens: 9 },
      }),
    );
    const result = await engine().embed({ model: "e", input: ["a", "b"], dimensions: 2 }, never);
    expect(result.vectors.map((vector) => [...vector])).toEqual([
      [0.5, -1],
      [3, 4],
    ]);
    expect(result.inputTokens).toBe(9);
    expect(upstream.calls[0]?.body).toEqual({ model: "e", input: ["a", "b"], dimensions: 2 });
  });

  it.each([
    ["a missing vector", { data: [{ index: 0, embedding: [1] }] }],
    [
      "vectors of different lengths",
      {
        data: [
          { index: 0, embedding: [1] },
          { index: 1, embedding: [1, 2] },
        ],
      },
    ],
    [
      "numbers that are none",
      {
        data: [
          { index: 0, embedding: ["x"] },
          { index: 1, embedding: [1] },
        ],
      },
    ],
    ["no data", {}],
  ])("refuses %s", async (_, body) => {
    upstream.use(json(200, body));
    await expect(engine().embed({ model: "e", input: ["a", "b"] }, never)).rejects.toMatchObject({
      code: "upstream",
    });
  });

  it("throws typed errors with the upstream's Retry-After", async () => {
    upstream.use(scenarios.rateLimited);
    await expect(engine().embed({ model: "e", input: ["a"] }, never)).rejects.toMatchObject({
      code: "rate_limited",
      retryAfter: 7,
    });
  });

  it("lists model ids and drops what is none", async () => {
    upstream.use(
      json(200, { data: [{ id: "a" }, { id: "b" }, { id: "a" }, { id: 7 }, {}, { id: "x".repeat(300) }] }),
    );
    expect(await engine().listModels(never)).toEqual(["a", "b"]);
    expect(upstream.calls[0]).toMatchObject({ method: "GET", path: "/v1/models" });
  });
});
