import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Context, recordRefusal, requestContext } from "@/lib/auth/server";
import { AppError, newId } from "@/lib/core";
import { log, toWireError } from "@/lib/core/server";
import { answerFetch } from "./fetch-answer";

const path = /^\/api\/prompts\/([^/?]+)(?:\?(.*))?$/;

/** Whether a request is one for `handlePrompt`: everything else under that path is the framework's. */
export function isPromptFetch({ method, url = "" }: IncomingMessage): boolean {
  return (method === "GET" || method === "HEAD") && path.test(url);
}

function headersOf(request: IncomingMessage) {
  return {
    get(name: string): string | null {
      const value = request.headers[name];
      return typeof value === "string" ? value : (value?.join(", ") ?? null);
    },
  };
}

function nameIn(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw new AppError("invalid", "The name in the address is not percent-encoded UTF-8.", { cause });
  }
}

/** A fetch has nothing to end early. */
const never = new AbortController().signal;

function contextOf(request: IncomingMessage, requestId: string): Promise<Context> {
  const { method = "GET", url = "" } = request;
  const headers = headersOf(request);
  const remoteAddress = headers.get("x-tessera-remote") ?? request.socket.remoteAddress ?? "unknown";
  return requestContext({ headers, remoteAddress, method, url, signal: never, requestId });
}

async function serve(ctx: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, segment = "", query = ""] = path.exec(request.url ?? "") ?? [];
  const { status, headers, body } = await answerFetch(ctx, nameIn(segment), {
    query: new URLSearchParams(query),
    ifNoneMatch: request.headers["if-none-match"] ?? null,
  });
  response.writeHead(status, headers);
  response.end(request.method === "HEAD" ? undefined : (body ?? undefined));
}

function refuse(response: ServerResponse, error: unknown, requestId: string): void {
  const { status, code, body, retryAfter } = toWireError(error, requestId);
  if (status >= 500 && code !== "unavailable") log.error("A prompt was not fetched", { error, requestId });
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    ...(retryAfter === undefined ? {} : { "retry-after": String(Math.ceil(retryAfter)) }),
  });
  response.end(text);
}

const idForm = /^[\w-]{1,64}$/;

/**
 * GET /api/prompts/{full name} on plain node:http, as the route of that path answers: what applications ask for
 * before each call costs them no framework. Answers every request itself and never throws.
 */
export async function handlePrompt(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET", url = "", headers } = request;
  const given = headers["x-request-id"];
  const requestId = typeof given === "string" && idForm.test(given) ? given : newId("req");
  response.setHeader("x-request-id", requestId);
  response.on("error", () => response.destroy());
  let ctx: Context | undefined;
  try {
    ctx = await contextOf(request, requestId);
    await serve(ctx, request, response);
  } catch (error) {
    // Whoever could not be made out was refused and recorded already.
    if (ctx) await recordRefusal(ctx, { method, url, error });
    if (response.headersSent) response.destroy();
    else refuse(response, error, requestId);
  }
}
