import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { RunEvent } from "@/lib/playground/engine";
import { gatewayEngine } from "@/lib/playground/gateway-engine";

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(handler: Handler): Promise<string> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (piece) => {
      body += piece;
    });
    request.on("end", () => handler(request, response, body));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const call = {
  model: "pebble-2m",
  messages: [{ role: "user" as const, content: "Hello" }],
  parameters: { temperature: 0.4, stop: ["\n"] },
};

async function collect(origin: string, signal = new AbortController().signal): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of gatewayEngine(origin)(call, signal)) events.push(event);
  return events;
}

const piece = (content: string, rest: object = {}) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }], ...rest })}\n\n`;
const last = (reason: string) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: reason }] })}\n\n`;
const usage = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 } })}\n\n`;
const sse = { "content-type": "text/event-stream", "x-request-id": "req-1" };

describe("server and remote columns over /v1", () => {
  it("asks for a stream with usage, as the playground, with nothing but what was set", async () => {
    let seen: { path?: string; source?: unknown; body?: unknown } = {};
    const origin = await serve((request, response, body) => {
      seen = { path: request.url, source: request.headers["x-tessera-source"], body: JSON.parse(body) };
      response.writeHead(200, sse).end(`${piece("Hi")}${last("stop")}data: [DONE]\n\n`);
    });
    await collect(origin);
    expect(seen).toEqual({
      path: "/v1/chat/completions",
      source: "playground",
      body: {
        model: "pebble-2m",
        messages: call.messages,
        temperature: 0.4,
        stop: ["\n"],
        stream: true,
        stream_options: { include_usage: true },
      },
    });
  });

  it("turns chunks into events, with the engine and the tokens of our own gateway", async () => {
    const engine = { kind: "server", device: "ONNX, CPU" };
    const origin = await serve((_, response) => {
      response.writeHead(200, sse);
      response.write(piece("", { tessera: { engine } }));
      response.write(piece("Good ", { tessera: { tokens: 2 } }));
      response.end(`${piece("day", { tessera: { tokens: 1 } })}${last("length")}${usage}data: [DONE]\n\n`);
    });
    expect(await collect(origin)).toEqual([
      { type: "request", requestId: "req-1" },
      { type: "start", engine },
      { type: "delta", text: "Good ", tokens: 2 },
      { type: "delta", text: "day", tokens: 1 },
      { type: "usage", inputTokens: 12, outputTokens: 3, reported: false },
      { type: "finish", reason: "length" },
    ]);
  });

  it("tells a refusal in the server's words with its status", async () => {
    const origin = await serve((_, response) => {
      response
        .writeHead(429, { "content-type": "application/json", "x-request-id": "req-2" })
        .end(
          JSON.stringify({ error: { message: "Too many calls.", type: "rate_limit", code: "rate_limited" } }),
        );
    });
    expect(await collect(origin)).toEqual([
      { type: "request", requestId: "req-2" },
      { type: "error", code: "rate_limited", message: "Too many calls.", status: 429 },
    ]);
  });

  it("tells an upstream's own status and what it answered", async () => {
    const upstream = { status: 503, body: "full" };
    const error = { message: "The upstream answered 503.", code: "unavailable", upstream };
    const refusing = await serve((_, response) => response.writeHead(502).end(JSON.stringify({ error })));
    const breaking = await serve((_, response) =>
      response.writeHead(200, sse).end(`${piece("Hi")}data: ${JSON.stringify({ error })}\n\n`),
    );
    for (const origin of [refusing, breaking]) {
      expect((await collect(origin)).at(-1)).toEqual({
        type: "error",
        code: "unavailable",
        message: error.message,
        ...upstream,
      });
    }
  });

  it("tells the status when something in between answers with a page", async () => {
    const origin = await serve((_, response) => response.writeHead(502).end("<html>Bad gateway</html>"));
    expect(await collect(origin)).toEqual([
      {
        type: "error",
        code: "upstream",
        message: "The workbench answered 502 without saying why.",
        status: 502,
      },
    ]);
  });

  it("takes an error inside the stream as the end", async () => {
    const origin = await serve((_, response) => {
      const error = { message: "The upstream stalled.", type: "server_error", code: "timeout" };
      response.writeHead(200, sse).end(`${piece("Go")}data: ${JSON.stringify({ error })}\n\n`);
    });
    expect((await collect(origin)).slice(1)).toEqual([
      { type: "delta", text: "Go", tokens: 0 },
      { type: "error", code: "timeout", message: "The upstream stalled.", status: undefined },
    ]);
  });

  it("does not take a cut stream for a finished answer", async () => {
    const origin = await serve((_, response) => response.writeHead(200, sse).end(piece("Go")));
    expect((await collect(origin)).at(-1)).toMatchObject({ type: "error", code: "upstream" });
  });

  it("says that a stream was not understood", async () => {
    const origin = await serve((_, response) => response.writeHead(200, sse).end("data: {oops\n\n"));
    expect((await collect(origin)).at(-1)).toMatchObject({
      type: "error",
      message: "The stream was not understood.",
    });
  });

  it("says that the connection broke", async () => {
    const origin = await serve((_, response) => {
      response.writeHead(200, sse).write(piece("Go"));
      setTimeout(() => response.destroy(), 20);
    });
    expect((await collect(origin)).at(-1)).toEqual({
      type: "error",
      code: "unavailable",
      message: "The connection to the workbench broke.",
    });
  });

  it("ends at once when it is stopped, and the server sees the client leave", async () => {
    let left = false;
    const origin = await serve((_, response) => {
      response.on("close", () => {
        left = true;
      });
      response.writeHead(200, sse).write(piece("Go"));
    });
    const controller = new AbortController();
    const events: RunEvent[] = [];
    for await (const event of gatewayEngine(origin)(call, controller.signal)) {
      events.push(event);
      if (event.type === "delta") controller.abort();
    }
    expect(events.at(-1)).toEqual({ type: "finish", reason: "aborted" });
    await expect.poll(() => left).toBe(true);
  });
});
