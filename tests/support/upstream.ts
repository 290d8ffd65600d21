import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";

export interface UpstreamCall {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
  receivedAt: number;
  /** When the caller let go before the answer was complete. */
  abandonedAt?: number;
}

export type Scenario = (call: UpstreamCall, response: ServerResponse, request: IncomingMessage) => unknown;

/** A scriptable server that speaks, or misspeaks, OpenAI's API. */
export interface Upstream {
  /** With `/v1`. */
  baseUrl: string;
  port: number;
  calls: UpstreamCall[];
  /** Answers every call from now on. */
  use(scenario: Scenario): void;
  /** Answers the next calls in turn, then `use`'s scenario again. */
  queue(...scenarios: Scenario[]): void;
  openSockets(): number;
  close(): Promise<void>;
}

const created = 1_700_000_000;
const bomb = gzipSync(Buffer.alloc(1024 * 1024));

export function chunk(delta: object, finish: string | null = null, extra: object = {}): string {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  return JSON.stringify({
    id: "chatcmpl-up",
    object: "chat.completion.chunk",
    created,
    model: "up",
    choices,
    ...extra,
  });
}

export const usageChunk = (prompt: number, completion: number) =>
  JSON.stringify({
    id: "chatcmpl-up",
    object: "chat.completion.chunk",
    created,
    model: "up",
    choices: [],
    usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
  });

export function openStream(response: ServerResponse, headers: Record<string, string> = {}): void {
  response.writeHead(200, { "content-type": "text/event-stream", ...headers });
  response.flushHeaders();
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Scenario {
  return (_, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

/** Answers words, as a stream or whole, as the caller asked. */
export function says(words: string[], options: { usage?: boolean; everyMs?: number } = {}): Scenario {
  const { usage = true, everyMs = 0 } = options;
  return async (call, response) => {
    if (call.body.stream !== true) {
      const message = { role: "assistant", content: words.join("") };
      return json(200, {
        id: "chatcmpl-up",
        object: "chat.completion",
        created,
        model: "up",
        choices: [{ index: 0, message, finish_reason: "stop" }],
        ...(usage
          ? { usage: { prompt_tokens: 7, completion_tokens: words.length, total_tokens: 7 + words.length } }
          : {}),
      })(call, response, response.req);
    }
    openStream(response);
    response.write(`data: ${chunk({ role: "assistant", content: "" })}\n\n`);
    for (const content of words) {
      if (everyMs) await wait(everyMs);
      if (response.destroyed) return;
      response.write(`data: ${chunk({ content })}\n\n`);
    }
    response.write(`data: ${chunk({}, "stop")}\n\n`);
    const asked = (call.body.stream_options as { include_usage?: boolean } | undefined)?.include_usage;
    if (usage && asked) response.write(`data: ${usageChunk(7, words.length)}\n\n`);
    response.end("data: [DONE]\n\n");
  };
}

/** Sends these bytes as the stream, cut where the array is cut. */
export function raw(
  parts: (string | Buffer)[],
  options: { end?: boolean; headers?: Record<string, string> } = {},
): Scenario {
  return async (_, response) => {
    openStream(response, options.headers);
    for (const part of parts) {
      response.write(part);
      await wait(2);
    }
    if (options.end !== false) response.end();
  };
}

export const scenarios = {
  hello: says(["Hel", "lo", " there"]),
  /** Headers never come. */
  silentHeaders: (() => undefined) as Scenario,
  /** Headers come, no token ever. */
  silentBody: ((_, response) => openStream(response)) as Scenario,
  /** Only comments to keep the connection. */
  commentsOnly: ((_, response) => {
    openStream(response);
    const timer = setInterval(() => response.write(": still here\n\n"), 20);
    response.on("close", () => clearInterval(timer));
  }) as Scenario,
  /** Two tokens, then nothing. */
  stalls: ((_, response) => {
    openStream(response);
    response.write(`data: ${chunk({ content: "one " })}\n\n`);
    response.write(`data: ${chunk({ content: "two" })}\n\n`);
  }) as Scenario,
  /** Tokens as fast as the reader takes them, without end. */
  endless: ((_, response) => {
    openStream(response);
    const line = `data: ${chunk({ content: "x".repeat(1000) })}\n\n`;
    const pour = () => {
      while (!response.destroyed && response.write(line));
    };
    response.on("drain", pour);
    pour();
  }) as Scenario,
  /** One line that never ends. */
  endlessLine: ((_, response) => {
    openStream(response);
    response.write("data: ");
    const pour = () => {
      while (!response.destroyed && response.write("a".repeat(64 * 1024)));
    };
    response.on("drain", pour);
    pour();
  }) as Scenario,
  /** Unpacks to 1 GB. */
  gzipBomb: ((_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    for (let i = 0; i < 1024; i++) response.write(bomb);
    response.end();
  }) as Scenario,
  /** Announces more than it sends. */
  lyingLength: ((_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "100000" });
    response.write('{"choices":[');
    setTimeout(() => response.destroy(), 20);
  }) as Scenario,
  /** Announces less than it sends. */
  overflowingLength: ((_, response) => {
    const socket = response.socket as Socket;
    const body = '{"choices":[]}';
    socket.end(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n${body}`);
  }) as Scenario,
  rateLimited: json(
    429,
    { error: { message: "slow down", type: "rate_limit_error" } },
    { "retry-after": "7" },
  ),
  serverError: json(500, { error: { message: "boom" } }),
  redirect: ((_, response) => {
    response.writeHead(307, { location: "http://169.254.169.254/latest/meta-data/" });
    response.end();
  }) as Scenario,
};

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString("utf8");
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}

/** Starts the mock on a free port of 127.0.0.1. */
export async function startUpstream(): Promise<Upstream> {
  const calls: UpstreamCall[] = [];
  const sockets = new Set<Socket>();
  const queued: Scenario[] = [];
  let current: Scenario = scenarios.hello;
  const server = createServer(async (request, response) => {
    const call: UpstreamCall = {
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      body: {},
      receivedAt: performance.now(),
    };
    calls.push(call);
    response.on("close", () => {
      if (!response.writableFinished) call.abandonedAt = performance.now();
    });
    response.on("error", () => undefined);
    call.body = await readJson(request);
    await (queued.shift() ?? current)(call, response, request);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    port,
    calls,
    use: (scenario) => {
      current = scenario;
    },
    queue: (...scenarios) => void queued.push(...scenarios),
    openSockets: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
