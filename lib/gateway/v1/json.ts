import "server-only";
import type { ServerResponse } from "node:http";

/** Answers JSON with its length, unless the caller has left. */
export function sendJson(response: ServerResponse, body: unknown): void {
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
}
