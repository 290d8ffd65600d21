import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "undici";

const words = "The customer asks for a refund because the lamp arrived broken and nobody answered".split(" ");
const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "up", choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const stream = [
  ...words.map((word) => chunk({ content: `${word} ` })),
  chunk({}, "stop"),
  `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "up", choices: [], usage: { prompt_tokens: 12, completion_tokens: words.length, total_tokens: 12 + words.length } })}\n\n`,
  "data: [DONE]\n\n",
];
const whole = JSON.stringify({
  id: "c",
  object: "chat.completion",
  created: 1,
  model: "up",
  choices: [{ index: 0, message: { role: "assistant", content: words.join(" ") }, finish_reason: "stop" }],
  usage: { prompt_tokens: 12, completion_tokens: words.length, total_tokens: 12 + words.length },
});

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** A mock upstream that answers at once: 14 chunks in one write each, or one JSON body. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(request);
  if (!body.includes('"stream":true')) {
    response.writeHead(200, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(whole),
    });
    response.end(whole);
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const part of stream) response.write(part);
  response.end();
}

/** The floor: node:http and an undici pool, and nothing else. */
function proxy(origin: string): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const pool = new Pool(origin, { connections: 128 });
  return async (request, response) => {
    const upstream = await pool.request({
      path: request.url ?? "/",
      method: "POST",
      headers: { "content-type": "application/json" },
      body: await bodyOf(request),
    });
    response.writeHead(upstream.statusCode, { "content-type": String(upstream.headers["content-type"]) });
    upstream.body.pipe(response);
  };
}

/** Runs one part of the bench in this process and prints its port. */
export async function runPart(part: string, origin: string): Promise<void> {
  const handler = part === "upstream" ? answer : proxy(origin);
  const server: Server = createServer((request, response) => {
    handler(request, response).catch((error: Error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`);
}
