import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { recordRefusal, requestContext } from "@/lib/auth/server";
import { newId } from "@/lib/core";
import { refusal } from "../load";
import { discardRest } from "./body";
import type { V1Request } from "./calls";
import { chatCompletions } from "./chat";
import { completions } from "./completions";
import { embeddings } from "./embeddings";
import { HttpRefusal, sendFailure } from "./failures";
import { listModels, retrieveModel } from "./models";

interface Endpoint {
  method: "GET" | "POST";
  run(v1: V1Request): Promise<void>;
}

const endpoints: Record<string, Endpoint> = {
  "/v1/models": { method: "GET", run: listModels },
  "/v1/chat/completions": { method: "POST", run: chatCompletions },
  "/v1/completions": { method: "POST", run: completions },
  "/v1/embeddings": { method: "POST", run: embeddings },
};

const modelPath = "/v1/models/";

/** Every route served here; a name in brackets stands for the rest of the path. */
export const v1Routes: readonly { method: Endpoint["method"]; path: string }[] = [
  ...Object.entries(endpoints).map(([path, { method }]) => ({ method, path })),
  { method: "GET", path: `${modelPath}[model]` },
];

function findEndpoint(path: string): Endpoint {
  const endpoint = Object.hasOwn(endpoints, path) ? endpoints[path] : undefined;
  if (endpoint) return endpoint;
  if (path.startsWith(modelPath) && path.length > modelPath.length) {
    return { method: "GET", run: (v1) => retrieveModel(v1, path.slice(modelPath.length)) };
  }
  throw new HttpRefusal(404, "unknown_url", `There is no ${path.slice(0, 200)} here.`);
}

function requireMethod(method: string, endpoint: Endpoint): void {
  const isRight = method === endpoint.method || (method === "HEAD" && endpoint.method === "GET");
  if (isRight) return;
  throw new HttpRefusal(405, "method_not_allowed", `This address takes ${endpoint.method}.`, {
    allow: allowed(endpoint),
  });
}

const allowed = ({ method }: Endpoint) => (method === "GET" ? "GET, HEAD, OPTIONS" : "POST, OPTIONS");

function headersOf(request: IncomingMessage) {
  return {
    get(name: string): string | null {
      const value = request.headers[name];
      return typeof value === "string" ? value : (value?.join(", ") ?? null);
    },
  };
}

/** The trace that a caller says this request belongs to (W3C trace context). */
function traceIdOf(request: IncomingMessage): string | undefined {
  const header = request.headers.traceparent;
  const id =
    typeof header === "string" ? /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-/.exec(header)?.[1] : undefined;
  return id === "0".repeat(32) ? undefined : id;
}

const idForm = /^[\w-]{1,64}$/;

/** The id that the server in front gave the request, or one of our own. */
function requestIdOf(request: IncomingMessage): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && idForm.test(given) ? given : newId("req");
}

async function serve(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
  const method = request.method ?? "";
  const url = request.url ?? "";
  const endpoint = findEndpoint(url.split("?")[0] ?? "");
  if (method === "OPTIONS") {
    // No CORS headers: other sites' pages have no business here.
    response.writeHead(204, { allow: allowed(endpoint) }).end();
    return;
  }
  requireMethod(method, endpoint);
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort();
  });
  const ctx = await requestContext({
    headers: headersOf(request),
    remoteAddress: String(request.headers["x-tessera-remote"] ?? request.socket.remoteAddress ?? "unknown"),
    method,
    url,
    signal: gone.signal,
    requestId,
  });
  // Before the body is read: a refused call should cost next to nothing.
  const refused = method === "POST" ? refusal() : undefined;
  if (refused) throw refused;
  const source = request.headers["x-tessera-source"] === "playground" ? "playground" : "api";
  try {
    await endpoint.run({ ctx, request, response, source, traceId: traceIdOf(request) });
  } catch (error) {
    // What an engine answered has its row already; this is about what never reached one.
    if (!response.hasHeader("x-tessera-invocation")) await recordRefusal(ctx, { method, url, error });
    throw error;
  }
}

/** Serves `/v1/*`: OpenAI's API on plain node:http. Answers every request itself and never throws. */
export async function handleV1(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = requestIdOf(request);
  response.setHeader("x-request-id", requestId);
  response.setHeader("cache-control", "no-store");
  response.on("error", () => response.destroy());
  try {
    await serve(request, response, requestId);
  } catch (error) {
    if (response.headersSent) response.destroy();
    else if (!response.destroyed) {
      sendFailure(response, error, requestId);
      discardRest(request);
    }
  }
}
