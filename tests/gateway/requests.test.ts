import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { chat, expectNoWork, type Harness, messages, refusalOf, startHarness } from "./harness";

let gateway: Harness;
beforeAll(async () => {
  gateway = await startHarness();
});
afterAll(() => gateway.close());
beforeEach(() => gateway.reset());

describe("absurd requests are refused before any work", () => {
  const deep = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
  const cases: [string, string, unknown, number, string | null][] = [
    ["n: 1e9", "/chat/completions", chat({ n: 1e9 }), 400, "n"],
    ["n: 0", "/chat/completions", chat({ n: 0 }), 400, "n"],
    ["n: 1.5", "/chat/completions", chat({ n: 1.5 }), 400, "n"],
    [
      "100,000 messages",
      "/chat/completions",
      chat({ messages: Array(100_000).fill(messages[0]) }),
      400,
      "messages",
    ],
    ["no messages", "/chat/completions", chat({ messages: [] }), 400, "messages"],
    [
      "a prompt of 1 MB",
      "/chat/completions",
      chat({ messages: [{ role: "user", content: "x".repeat(1e6) }] }),
      400,
      "messages",
    ],
    [
      "a prompt of 1 MB in parts",
      "/chat/completions",
      chat({
        messages: [{ role: "user", content: Array(1000).fill({ type: "text", text: "x".repeat(1000) }) }],
      }),
      400,
      "messages",
    ],
    [
      "a prompt of 10 MB",
      "/chat/completions",
      chat({ messages: [{ role: "user", content: "x".repeat(1e7) }] }),
      413,
      null,
    ],
    [
      "a completion prompt of 1 MB",
      "/completions",
      { model: "up/chat", prompt: "x".repeat(1e6) },
      400,
      "prompt",
    ],
    ["100 prompts", "/completions", { model: "up/chat", prompt: Array(100).fill("x") }, 400, "prompt"],
    ["8 prompts × 8", "/completions", { model: "up/chat", prompt: Array(8).fill("x"), n: 8 }, 400, "n"],
    ["best_of: 20", "/completions", { model: "up/chat", prompt: "x", best_of: 20 }, 400, "best_of"],
    ["max_tokens: 1e12", "/chat/completions", chat({ max_tokens: 1e12 }), 400, "max_tokens"],
    ["max_tokens: -1", "/chat/completions", chat({ max_tokens: -1 }), 400, "max_tokens"],
    ["temperature as a string", "/chat/completions", chat({ temperature: "hot" }), 400, "temperature"],
    ["model as an object", "/chat/completions", chat({ model: { contains: "" } }), 400, "model"],
    ["model as an array", "/chat/completions", chat({ model: ["up/chat"] }), 400, "model"],
    ["no model", "/chat/completions", { messages }, 400, "model"],
    ["1,000 stop sequences", "/chat/completions", chat({ stop: Array(1000).fill("x") }), 400, "stop"],
    [
      "an unknown role",
      "/chat/completions",
      chat({ messages: [{ role: "root", content: "x" }] }),
      400,
      "messages[0].role",
    ],
    [
      "an unknown field of a message",
      "/chat/completions",
      chat({ messages: [{ role: "user", content: "x", evil: 1 }] }),
      400,
      "messages[0].evil",
    ],
    ["an unknown field", "/chat/completions", chat({ surprise: 1 }), 400, "surprise"],
    ["alternatives without logprobs", "/chat/completions", chat({ top_logprobs: 3 }), 400, "top_logprobs"],
    ["30 alternatives", "/chat/completions", chat({ logprobs: true, top_logprobs: 30 }), 400, "top_logprobs"],
    ["old functions", "/chat/completions", chat({ functions: [] }), 400, "functions"],
    ["audio", "/chat/completions", chat({ modalities: ["audio"] }), 400, "modalities[0]"],
    [
      "stream_options without stream",
      "/chat/completions",
      chat({ stream_options: { include_usage: true } }),
      400,
      "stream_options",
    ],
    ["tool_choice without tools", "/chat/completions", chat({ tool_choice: "auto" }), 400, "tool_choice"],
    [
      "200 tools",
      "/chat/completions",
      chat({ tools: Array(200).fill({ type: "function", function: { name: "f" } }) }),
      400,
      "tools",
    ],
    ["no input", "/embeddings", { model: "grain-embed", input: "" }, 400, "input"],
    ["token arrays", "/embeddings", { model: "grain-embed", input: [1, 2, 3] }, 400, "input"],
    ["arrays of tokens", "/embeddings", { model: "grain-embed", input: [[1, 2], [3]] }, 400, "input"],
    ["10,000 inputs", "/embeddings", { model: "grain-embed", input: Array(10_000).fill("x") }, 400, "input"],
    [
      "a wrong encoding",
      "/embeddings",
      { model: "grain-embed", input: "x", encoding_format: "xml" },
      400,
      "encoding_format",
    ],
    [
      "dimensions: 1e9",
      "/embeddings",
      { model: "grain-embed", input: "x", dimensions: 1e9 },
      400,
      "dimensions",
    ],
    ["a body that is no JSON", "/chat/completions", "{oops", 400, null],
    ["a body that is an array", "/chat/completions", "[]", 400, null],
    [
      "JSON nested 20,000 deep",
      "/chat/completions",
      `{"model":"up/chat","messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"f","parameters":${deep}}}]}`,
      400,
      "tools",
    ],
    ["a body nested 20,000 deep", "/chat/completions", deep, 400, "a"],
    [
      "__proto__",
      "/chat/completions",
      `{"model":"up/chat","messages":[{"role":"user","content":"x"}],"__proto__":{"n":9}}`,
      400,
      "__proto__",
    ],
  ];

  it.each(cases)("%s", async (_, path, body, status, param) => {
    const refusal = await refusalOf(await gateway.post(path, body));
    expect(refusal).toMatchObject({ status, type: "invalid_request_error", param });
    await expectNoWork(gateway);
  });

  it("a body larger than 8 MiB without a length ends with 413, and the connection still carries the answer", async () => {
    const answer = await new Promise<{ status: number; body: string }>((resolve, reject) => {
      const request = httpRequest(
        `${gateway.baseUrl}/chat/completions`,
        {
          method: "POST",
          headers: {
            "content-type": "application/json",
            authorization: `Bearer ${gateway.key}`,
            "transfer-encoding": "chunked",
          },
        },
        (response) => {
          let body = "";
          response.on("data", (data) => {
            body += data;
          });
          response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
        },
      );
      request.on("error", reject);
      for (let i = 0; i < 160; i++) request.write(Buffer.alloc(64 * 1024, 0x20));
      request.end();
    });
    expect(answer.status).toBe(413);
    expect(answer.body).toContain("invalid_request_error");
    await expectNoWork(gateway);
  });
});

describe("fields", () => {
  it("are accepted and ignored where they steer OpenAI's own services", async () => {
    const ignored = {
      user: "u",
      safety_identifier: "s",
      prompt_cache_key: "k",
      metadata: { a: "b" },
      store: true,
      service_tier: "auto",
      modalities: ["text"],
      logprobs: false,
    };
    const response = await gateway.post(
      "/chat/completions",
      chat({ ...ignored, n: null, stop: null, temperature: null, top_logprobs: null }),
    );
    expect(response.status).toBe(200);
    expect(gateway.upstream.calls[0]?.body).toEqual({ model: "chat", messages });
  });

  it("are passed on to an upstream where only it can honour them", async () => {
    const passed = {
      reasoning_effort: "low",
      verbosity: "low",
      parallel_tool_calls: false,
      logit_bias: { "50256": -100 },
      service_tier: "flex",
    };
    await gateway.post(
      "/chat/completions",
      chat({ ...passed, max_completion_tokens: 5, stop: "end", top_k: 4 }),
    );
    expect(gateway.upstream.calls[0]?.body).toEqual({
      model: "chat",
      messages,
      ...passed,
      max_tokens: 5,
      stop: ["end"],
      top_k: 4,
    });
  });

  it("are refused by our own models where only an upstream could honour them", async () => {
    const refusal = await refusalOf(
      await gateway.post("/chat/completions", { model: "paper", messages, reasoning_effort: "low" }),
    );
    expect(refusal).toMatchObject({ status: 400, param: "reasoning_effort" });
  });
});
