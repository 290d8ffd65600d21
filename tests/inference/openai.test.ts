import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openAiEngine } from "@/lib/inference/engines/openai";
import { chunk, json, raw, says, scenarios, usageChunk } from "../support/upstream";
import { call, collect, engineOverUpstream, key, never, textOf } from "./openai-upstream";

const { dispatcher, engine, run, upstream } = engineOverUpstream();

describe("chat", () => {
  it("streams start, deltas, usage and finish in the port's order", async () => {
    expect(await run()).toEqual([
      { type: "start", engine: { kind: "remote", device: `127.0.0.1:${upstream().port}` } },
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
    expect(upstream().calls[0]?.body).not.toHaveProperty("stream");
  });

  it("sends the key, the call and nothing for blank parameters", async () => {
    await run();
    const { headers, body, path } = upstream().calls[0] ?? expect.fail("no call");
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
    expect(upstream().calls[0]?.body).toMatchObject({
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
    const odd = openAiEngine({ baseUrl: `${upstream().baseUrl}/deploy/?api-version=1`, dispatcher });
    await collect(odd.chat(call, never));
    expect(upstream().calls[0]?.path).toBe("/v1/deploy/chat/completions?api-version=1");
    expect(upstream().calls[0]?.headers).not.toHaveProperty("authorization");
  });

  it("assembles tool calls from fragments", async () => {
    const calls = (fragment: object) => `data: ${chunk({ tool_calls: [fragment] })}\n\n`;
    upstream().use(
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
    upstream().use(says(["12345678"], { usage: false }));
    expect(await run()).toContainEqual({ type: "usage", inputTokens: 2, outputTokens: 2, reported: false });
  });

  it("tries again without stream_options, and remembers, when the upstream refuses them", async () => {
    const refuse = json(400, { error: { message: "Unknown field", param: "stream_options" } });
    upstream().queue(refuse);
    const one = engine();
    const first = await collect(one.chat(call, never));
    expect(textOf(first)).toBe("Hello there");
    await collect(one.chat(call, never));
    expect(upstream().calls.map(({ body }) => "stream_options" in body)).toEqual([true, false, false]);
  });

  it("renames max_tokens when the upstream asks for it", async () => {
    upstream().queue(json(400, { error: { message: "Use 'max_completion_tokens' instead." } }));
    const events = await run({}, { parameters: { max_tokens: 9 } });
    expect(events.at(-1)).toEqual({ type: "finish", reason: "stop" });
    expect(upstream().calls[1]?.body).toMatchObject({ max_completion_tokens: 9 });
    expect(upstream().calls[1]?.body).not.toHaveProperty("max_tokens");
  });

  it("reuses the socket of a finished stream", async () => {
    const one = engine();
    await collect(one.chat(call, never));
    await wait(50);
    const before = upstream().openSockets();
    await collect(one.chat(call, never));
    expect(upstream().openSockets()).toBe(before);
  });

  it("takes a stream without [DONE], and one without finish_reason", async () => {
    upstream().queue(raw([`data: ${chunk({ content: "a" })}\n\n`, `data: ${chunk({}, "length")}\n\n`]));
    expect((await run()).at(-1)).toEqual({ type: "finish", reason: "length" });
    upstream().queue(raw([`data: ${chunk({ content: "a" })}\n\n`, "data: [DONE]\n\n"]));
    expect((await run()).at(-1)).toEqual({ type: "finish", reason: "stop" });
  });

  it("understands CRLF, comments and characters cut by the network", async () => {
    const event = Buffer.from(`: hi\r\n\r\ndata: ${chunk({ content: "né🙂" })}\r\n\r\n`);
    const bytes = [...event].map((byte) => Buffer.from([byte]));
    upstream().queue(
      raw([...bytes, `data: ${chunk({}, "stop")}\r\n\r\n`, `data: ${usageChunk(1, 2)}\r\n\r\n`]),
    );
    expect(textOf(await run())).toBe("né🙂");
  });

  it("takes an answer in the other form than asked for", async () => {
    upstream().queue(raw([`data: ${chunk({ content: "streamed" })}\n\n`, `data: ${chunk({}, "stop")}\n\n`]));
    expect(textOf(await collect(engine().chat(call, never, { whole: true })))).toBe("streamed");
    upstream().queue(
      json(200, { choices: [{ index: 0, message: { content: "whole" }, finish_reason: "stop" }] }),
    );
    expect(textOf(await run())).toBe("whole");
  });
});

describe("embeddings and models", () => {
  it("returns one vector per text in order, from floats and from base64", async () => {
    const base64 = Buffer.from(new Float32Array([0.5, -1]).buffer).toString("base64");
    upstream().use(
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
    expect(upstream().calls[0]?.body).toEqual({ model: "e", input: ["a", "b"], dimensions: 2 });
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
    upstream().use(json(200, body));
    await expect(engine().embed({ model: "e", input: ["a", "b"] }, never)).rejects.toMatchObject({
      code: "upstream",
    });
  });

  it("throws typed errors with the upstream's Retry-After", async () => {
    upstream().use(scenarios.rateLimited);
    await expect(engine().embed({ model: "e", input: ["a"] }, never)).rejects.toMatchObject({
      code: "rate_limited",
      retryAfter: 7,
    });
  });

  it("lists model ids and drops what is none", async () => {
    upstream().use(
      json(200, { data: [{ id: "a" }, { id: "b" }, { id: "a" }, { id: 7 }, {}, { id: "x".repeat(300) }] }),
    );
    expect(await engine().listModels(never)).toEqual(["a", "b"]);
    expect(upstream().calls[0]).toMatchObject({ method: "GET", path: "/v1/models" });
  });
});
