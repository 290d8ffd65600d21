import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { gatewayLoad } from "@/lib/gateway/load";
import { cookieOf } from "../support/context";
import { says } from "../support/upstream";
import { type Harness, startHarness } from "./harness";

let gateway: Harness;
beforeAll(async () => {
  gateway = await startHarness();
});
afterAll(() => gateway.close());
beforeEach(() => gateway.reset());

const messages = [{ role: "user", content: "Hi" }];
const chat = (extra: object = {}) => ({ model: "up/chat", messages, ...extra });

async function refusalOf(response: Response) {
  const { error } = (await response.json()) as {
    error: { message: string; type: string; param: string | null; code: string | null };
  };
  return { status: response.status, ...error };
}

/** Nothing was asked of the upstream and nothing counts as a call. */
async function expectNoWork() {
  expect(gateway.upstream.calls).toHaveLength(0);
  expect(await gateway.rows()).toHaveLength(0);
}

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
    ["logprobs", "/chat/completions", chat({ logprobs: true }), 400, "logprobs"],
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
    await expectNoWork();
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
    await expectNoWork();
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

describe("HTTP", () => {
  const auth = () => ({ authorization: `Bearer ${gateway.key}` });

  it("404 for an unknown address, 405 with Allow for a wrong method", async () => {
    for (const path of ["/", "/nothing", "/chat", "/models/", "/chat/completions/", "/toString"]) {
      const response = await fetch(gateway.baseUrl + path, { headers: auth() });
      expect(await refusalOf(response)).toMatchObject({
        status: 404,
        type: "not_found_error",
        code: "unknown_url",
      });
    }
    const wrong = await fetch(`${gateway.baseUrl}/chat/completions`, { headers: auth() });
    expect(wrong.headers.get("allow")).toBe("POST, OPTIONS");
    expect(await refusalOf(wrong)).toMatchObject({ status: 405, type: "invalid_request_error" });
    for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
      expect((await fetch(`${gateway.baseUrl}/models`, { method, headers: auth() })).status).toBe(405);
    }
  });

  it("HEAD answers without a body, OPTIONS with Allow and without any CORS header", async () => {
    const head = await fetch(`${gateway.baseUrl}/models`, { method: "HEAD", headers: auth() });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    const options = await fetch(`${gateway.baseUrl}/chat/completions`, {
      method: "OPTIONS",
      headers: { origin: "https://evil.example" },
    });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "POST, OPTIONS"]);
    for (const response of [head, options]) {
      expect([...response.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
    }
  });

  it("415 for other content types and for compressed bodies", async () => {
    for (const headers of [
      { "content-type": "text/plain" },
      { "content-type": "application/x-www-form-urlencoded" },
      { "content-encoding": "gzip" },
    ]) {
      const response = await gateway.post(
        "/chat/completions",
        chat(),
        headers as unknown as Record<string, string>,
      );
      expect(response.status).toBe(415);
    }
    await expectNoWork();
  });

  it("401 without a key, with a key in the URL and with a damaged header", async () => {
    const plain = { "content-type": "application/json" };
    const tries: [string, Record<string, string>][] = [
      ["", {}],
      [`?api_key=${gateway.key}`, {}],
      ["", { authorization: gateway.key }],
      ["", { authorization: `Basic ${gateway.key}` }],
      ["", { "x-api-key": gateway.key }],
      ["", { "api-key": gateway.key }],
      ["", { authorization: `Bearer ${gateway.key.slice(0, -1)}` }],
    ];
    for (const [query, headers] of tries) {
      const response = await fetch(`${gateway.baseUrl}/chat/completions${query}`, {
        method: "POST",
        headers: { ...plain, ...headers },
        body: JSON.stringify(chat()),
      });
      expect(await refusalOf(response)).toMatchObject({ status: 401, type: "authentication_error" });
    }
    await expectNoWork();
  });

  it("carries a request id, the invocation's id and no caching", async () => {
    const response = await gateway.post("/chat/completions", chat());
    expect(response.headers.get("x-request-id")).toMatch(/^req_/);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const [row] = await gateway.rows();
    expect(row).toMatchObject({
      id: response.headers.get("x-tessera-invocation"),
      requestId: response.headers.get("x-request-id"),
    });
  });

  it("joins the caller's trace", async () => {
    const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    await gateway.post("/chat/completions", chat(), { traceparent: `00-${traceId}-00f067aa0ba902b7-01` });
    await gateway.post("/chat/completions", chat(), {
      traceparent: `00-${"0".repeat(32)}-00f067aa0ba902b7-01`,
    });
    const rows = await gateway.rows();
    expect(rows[0]?.traceId).toBe(traceId);
    expect(rows[1]?.traceId).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
  });

  it("takes the session cookie from our own pages only", async () => {
    const cookie = await cookieOf(gateway.admin);
    const send = (headers: Record<string, string>) =>
      fetch(`${gateway.baseUrl}/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json", cookie, ...headers },
        body: JSON.stringify(chat()),
      });
    expect((await send({ origin: "http://127.0.0.1:3000", "x-tessera-source": "playground" })).status).toBe(
      200,
    );
    expect(await refusalOf(await send({ origin: "https://evil.example" }))).toMatchObject({
      status: 403,
      type: "permission_error",
    });
    expect((await send({})).status).toBe(403);
    expect((await gateway.rows()).map(({ source, keyId }) => [source, keyId])).toEqual([
      ["playground", null],
    ]);
  });

  it("refuses calls beyond its limit with 503 and Retry-After, and takes them again afterwards", async () => {
    gateway.upstream.use(says(["slow"], { everyMs: 300 }));
    gatewayLoad().limit = 2;
    try {
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => gateway.post("/chat/completions", chat({ stream: true }))),
      );
      const refused = answers.filter(({ status }) => status === 503);
      expect(refused).toHaveLength(3);
      expect(refused.every((response) => response.headers.get("retry-after") === "1")).toBe(true);
      await Promise.all(answers.map((response) => response.text()));
      expect((await gateway.post("/chat/completions", chat())).status).toBe(200);
    } finally {
      gatewayLoad().limit = 512;
    }
    expect(gatewayLoad().active.size).toBe(0);
  });

  it("survives a client that sends half a request and leaves", async () => {
    const socket = connect(gateway.port, "127.0.0.1");
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${gateway.key}\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"model":`,
    );
    await new Promise((done) => setTimeout(done, 100));
    socket.destroy();
    expect((await gateway.post("/chat/completions", chat())).status).toBe(200);
  });
});

describe("the playground's own figures", () => {
  it("come on chunks only for the playground", async () => {
    const body = chat({ stream: true, stream_options: { include_usage: true } });
    const plain = await (await gateway.post("/chat/completions", body)).text();
    expect(plain).not.toContain("tessera");
    const own = await (
      await gateway.post("/chat/completions", body, { "x-tessera-source": "playground" })
    ).text();
    const chunks = own
      .split("\n\n")
      .filter((line) => line.startsWith("data: {"))
      .map((line) => JSON.parse(line.slice(6)));
    expect(chunks[0].tessera).toEqual({ tokens: 0, engine: { kind: "remote", device: "up" } });
    expect(chunks[1].tessera).toEqual({ tokens: 0 });
    expect(own.trimEnd().endsWith("data: [DONE]")).toBe(true);
  });

  it("never show where a connection leads", async () => {
    const answers = await Promise.all([
      gateway.post("/chat/completions", chat({ stream: true }), { "x-tessera-source": "playground" }),
      fetch(`${gateway.baseUrl}/models`, { headers: auth() }),
    ]);
    function auth() {
      return { authorization: `Bearer ${gateway.key}` };
    }
    for (const answer of answers) expect(await answer.text()).not.toContain(String(gateway.upstream.port));
    expect(JSON.stringify(await gateway.rows())).not.toContain(String(gateway.upstream.port));
  });
});
