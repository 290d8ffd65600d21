import OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { chunk, json, raw, says, scenarios } from "../support/upstream";
import { type Harness, startHarness } from "./harness";

let gateway: Harness;
beforeAll(async () => {
  gateway = await startHarness();
});
afterAll(() => gateway.close());
beforeEach(() => gateway.reset());

const messages = [{ role: "user" as const, content: "Hi" }];

async function failure(promise: PromiseLike<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof OpenAI.APIError) return error;
    throw error;
  }
  return expect.fail("It did not fail");
}

describe("the openai package, unchanged", () => {
  it("completes", async () => {
    const answer = await gateway.client().chat.completions.create({ model: "up/chat", messages });
    expect(answer).toMatchObject({
      object: "chat.completion",
      model: "up/chat",
      choices: [{ index: 0, message: { role: "assistant", content: "Hello there" }, finish_reason: "stop" }],
      usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
    });
    expect(answer.id).toMatch(/^chatcmpl-inv_/);
  });

  it("streams, with usage on the last chunk when asked", async () => {
    const stream = await gateway.client().chat.completions.create({
      model: "up/chat",
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = [];
    for await (const part of stream) chunks.push(part);
    expect(chunks.map((part) => part.choices[0]?.delta.content ?? "").join("")).toBe("Hello there");
    expect(chunks[0]?.choices[0]?.delta.role).toBe("assistant");
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe("stop");
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 3 } });
    expect(chunks.slice(0, -1).every((part) => part.usage === null)).toBe(true);
    expect(new Set(chunks.map((part) => part.id)).size).toBe(1);
  });

  it("streams without usage when it is not asked for", async () => {
    const stream = await gateway
      .client()
      .chat.completions.create({ model: "up/chat", messages, stream: true });
    for await (const part of stream) expect(part).not.toHaveProperty("usage");
  });

  it("collects a stream with its own helper", async () => {
    const final = await gateway
      .client()
      .chat.completions.stream({ model: "up/chat", messages })
      .finalContent();
    expect(final).toBe("Hello there");
  });

  it("gets n choices from n runs, whole and streamed", async () => {
    gateway.upstream.use((call, response, request) =>
      says([`seed ${call.body.seed}`])(call, response, request),
    );
    const whole = await gateway
      .client()
      .chat.completions.create({ model: "up/chat", messages, n: 3, seed: 5 });
    expect(whole.choices.map((choice) => [choice.index, choice.message.content])).toEqual([
      [0, "seed 5"],
      [1, "seed 6"],
      [2, "seed 7"],
    ]);
    expect(whole.usage?.completion_tokens).toBe(3);
    const stream = await gateway
      .client()
      .chat.completions.create({ model: "up/chat", messages, n: 2, seed: 1, stream: true });
    const texts = ["", ""];
    for await (const part of stream)
      for (const { index, delta } of part.choices) texts[index] += delta.content ?? "";
    expect(texts).toEqual(["seed 1", "seed 2"]);
    expect(await gateway.rows()).toHaveLength(5);
  });

  it("calls tools, whole and streamed", async () => {
    const tools = [{ type: "function" as const, function: { name: "add", parameters: { type: "object" } } }];
    const calls = [{ id: "call_1", type: "function", function: { name: "add", arguments: '{"a":1}' } }];
    gateway.upstream.queue(
      json(200, {
        choices: [{ index: 0, message: { content: null, tool_calls: calls }, finish_reason: "tool_calls" }],
      }),
    );
    const whole = await gateway.client().chat.completions.create({ model: "up/chat", messages, tools });
    expect(whole.choices[0]).toMatchObject({
      finish_reason: "tool_calls",
      message: { content: null, tool_calls: calls },
    });
    gateway.upstream.queue(
      raw([
        `data: ${chunk({ tool_calls: [{ index: 0, id: "call_1", type: "function", function: { name: "add", arguments: "" } }] })}\n\n`,
        `data: ${chunk({ tool_calls: [{ index: 0, function: { arguments: '{"a":1}' } }] })}\n\n`,
        `data: ${chunk({}, "tool_calls")}\n\ndata: [DONE]\n\n`,
      ]),
    );
    const final = await gateway
      .client()
      .chat.completions.stream({ model: "up/chat", messages, tools })
      .finalChatCompletion();
    expect(final.choices[0]?.message.tool_calls?.[0]).toMatchObject({
      id: "call_1",
      function: { name: "add", arguments: '{"a":1}' },
    });
  });

  it("takes back an answer as history, with the fields that other servers add", async () => {
    const history = [
      ...messages,
      {
        role: "assistant" as const,
        content: "Yes",
        refusal: null,
        annotations: [],
        audio: null,
        function_call: null,
      },
      { role: "user" as const, content: [{ type: "text" as const, text: "And?" }] },
    ];
    await gateway.client().chat.completions.create({ model: "up/chat", messages: history });
    expect(gateway.upstream.calls[0]?.body.messages).toEqual([
      messages[0],
      { role: "assistant", content: "Yes" },
      history[2],
    ]);
  });

  it("completes prompts, one and several, as turns of the user", async () => {
    const client = gateway.client();
    const one = await client.completions.create({ model: "up/chat", prompt: "Once" });
    expect(one).toMatchObject({
      object: "text_completion",
      choices: [{ text: "Hello there", finish_reason: "stop" }],
    });
    expect(gateway.upstream.calls[0]?.body.messages).toEqual([{ role: "user", content: "Once" }]);
    const several = await client.completions.create({ model: "up/chat", prompt: ["a", "b"], n: 2 });
    expect(several.choices.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    const stream = await client.completions.create({ model: "up/chat", prompt: "Once", stream: true });
    let text = "";
    for await (const part of stream) text += part.choices[0]?.text ?? "";
    expect(text).toBe("Hello there");
    expect(new Set((await gateway.rows()).map(({ task }) => task))).toEqual(new Set(["completion"]));
  });

  it("embeds on the server, in base64 by default and in floats", async () => {
    const client = gateway.client();
    const input = ["The printer is on fire", "A printer burns", "Invoice overdue"];
    const encoded = await client.embeddings.create({ model: "grain-embed", input });
    const floats = await client.embeddings.create({ model: "grain-embed", input, encoding_format: "float" });
    expect(encoded.data).toHaveLength(3);
    expect(encoded.data[0]?.embedding).toHaveLength(384);
    expect(encoded.data.map(({ embedding }) => embedding)).toEqual(
      floats.data.map(({ embedding }) => embedding),
    );
    const [a = [], b = [], c = []] = floats.data.map(({ embedding }) => embedding);
    const dot = (x: number[], y: number[]) => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
    expect(dot(a, a)).toBeCloseTo(1, 4);
    expect(dot(a, b)).toBeGreaterThan(dot(a, c));
    expect(floats.usage.prompt_tokens).toBeGreaterThan(0);
  });

  it("embeds over a connection", async () => {
    gateway.upstream.use(
      json(200, { data: [{ index: 0, embedding: [0.25, -0.5] }], usage: { prompt_tokens: 4 } }),
    );
    const answer = await gateway
      .client()
      .embeddings.create({ model: "up/embed-small", input: "x", dimensions: 2 });
    expect(answer.data[0]?.embedding).toEqual([0.25, -0.5]);
    expect(gateway.upstream.calls[0]?.body).toEqual({ model: "embed-small", input: ["x"], dimensions: 2 });
  });

  it("lists models and finds one, also with slashes in its id", async () => {
    const client = gateway.client();
    const ids = [];
    for await (const model of client.models.list()) ids.push(model.id);
    expect(ids).toEqual(expect.arrayContaining(["grain-embed", "up/chat", "up/nested/model"]));
    for (const id of ["up/nested/model", "grain-embed"]) {
      expect(await client.models.retrieve(id)).toMatchObject({ id, object: "model" });
    }
    const plain = await fetch(`${gateway.baseUrl}/models/up/nested/model`, {
      headers: { authorization: `Bearer ${gateway.key}` },
    });
    expect(await plain.json()).toMatchObject({ id: "up/nested/model", owned_by: "up" });
  });

  it("aborts a stream: the upstream is let go within a second and the row says client_closed", async () => {
    gateway.upstream.use(scenarios.stalls);
    const stream = await gateway
      .client()
      .chat.completions.create({ model: "up/chat", messages, stream: true });
    let at = 0;
    for await (const part of stream) {
      if (part.choices[0]?.delta.content?.includes("two")) {
        at = performance.now();
        stream.controller.abort();
      }
    }
    await expect.poll(() => gateway.upstream.calls[0]?.abandonedAt, { timeout: 1_000 }).toBeDefined();
    expect((gateway.upstream.calls[0]?.abandonedAt ?? Infinity) - at).toBeLessThan(1_000);
    await expect.poll(async () => (await gateway.rows())[0]?.outcome).toBe("client_closed");
    expect((await gateway.rows())[0]).toMatchObject({
      statusCode: 499,
      finishReason: "aborted",
      firstTokenMs: expect.any(Number),
    });
  });

  it("aborts while it waits for a whole answer", async () => {
    gateway.upstream.use(scenarios.silentHeaders);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    await expect(
      gateway.client().chat.completions.create({ model: "up/chat", messages }, { signal: stop.signal }),
    ).rejects.toThrow();
    await expect.poll(async () => (await gateway.rows())[0]?.outcome).toBe("client_closed");
    await expect.poll(() => gateway.upstream.calls[0]?.abandonedAt, { timeout: 1_000 }).toBeDefined();
  });
});

describe("its error classes", () => {
  it("AuthenticationError for a wrong key and for none", async () => {
    const other = gateway.key.endsWith("x") ? "y" : "x";
    for (const key of ["tsr_wrong", `${gateway.key.slice(0, -1)}${other}`]) {
      const error = await failure(gateway.client(key).models.list());
      expect(error).toBeInstanceOf(OpenAI.AuthenticationError);
      expect(error).toMatchObject({ status: 401, type: "authentication_error", code: "invalid_api_key" });
    }
  });

  it("NotFoundError for a model that is not there", async () => {
    for (const model of ["absent", "up/absent", "absent/chat", "up/", "/chat", "../up/chat"]) {
      const error = await failure(gateway.client().chat.completions.create({ model, messages }));
      expect(error).toBeInstanceOf(OpenAI.NotFoundError);
      expect(error).toMatchObject({
        status: 404,
        type: "not_found_error",
        code: "model_not_found",
        param: "model",
      });
    }
  });

  it("BadRequestError with the field at fault", async () => {
    const error = await failure(
      gateway.client().chat.completions.create({ model: "up/chat", messages, temperature: 9 }),
    );
    expect(error).toBeInstanceOf(OpenAI.BadRequestError);
    expect(error).toMatchObject({ type: "invalid_request_error", param: "temperature" });
  });

  it("BadRequestError for a chat call to an embedder and the reverse", async () => {
    const error = await failure(gateway.client().chat.completions.create({ model: "grain-embed", messages }));
    expect(error).toMatchObject({ status: 400, param: "model" });
  });

  it("RateLimitError with the upstream's Retry-After", async () => {
    gateway.upstream.use(scenarios.rateLimited);
    for (const stream of [false, true]) {
      const error = await failure(
        gateway.client().chat.completions.create({ model: "up/chat", messages, stream }),
      );
      expect(error).toBeInstanceOf(OpenAI.RateLimitError);
      expect(error.headers?.get("retry-after")).toBe("7");
      expect(error).toMatchObject({ type: "rate_limit_error" });
    }
  });

  it("InternalServerError for an upstream that fails, before and inside a stream", async () => {
    gateway.upstream.use(scenarios.serverError);
    const before = await failure(
      gateway.client().chat.completions.create({ model: "up/chat", messages, stream: true }),
    );
    expect(before).toBeInstanceOf(OpenAI.InternalServerError);
    expect(before.status).toBe(502);
    expect(before.error).toMatchObject({
      upstream: { status: 500, body: expect.stringContaining("boom") },
    });
    gateway.upstream.use(raw([`data: ${chunk({ content: "half" })}\n\n`]));
    const stream = await gateway
      .client()
      .chat.completions.create({ model: "up/chat", messages, stream: true });
    let text = "";
    const inside = await failure(
      (async () => {
        for await (const part of stream) text += part.choices[0]?.delta.content ?? "";
      })(),
    );
    expect(text).toBe("half");
    expect(inside).toMatchObject({ type: "server_error", code: "upstream" });
  });

  it("says that the connection's key was refused, without showing it", async () => {
    gateway.upstream.use(json(401, { error: { message: "Incorrect API key sk-upstream-0123456789abcdef" } }));
    const error = await failure(gateway.client().chat.completions.create({ model: "up/chat", messages }));
    expect(error.status).toBe(502);
    expect(error.message).toContain("refused this connection's key");
    expect(error.message).not.toContain("sk-upstream");
  });
});
