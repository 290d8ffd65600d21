import "server-only";
import type { z } from "zod";
import { AppError, isAppError } from "@/lib/core";
import { log, parseInput, toWireError } from "@/lib/core/server";
import { type Context, requestContext } from "./context";
import { isSafeMethod, refuseForeignSite } from "./cross-site";
import { type RequestOrigin, requestOrigin } from "./origin";
import { recordRefusal } from "./refusals";
import type { Actor } from "./schema";

interface Segment<P> {
  params: Promise<P>;
}

type Params = Record<string, string | string[]>;
type Route<P> = (request: Request, segment?: Segment<P>) => Promise<Response>;

/** The socket's address as the server in front noted it; it deletes any that a client sends. */
function remoteAddress(request: Request): string {
  return request.headers.get("x-tessera-remote") ?? "unknown";
}

function answer(result: unknown, requestId: string): Response {
  const response =
    result instanceof Response
      ? // A copy: the headers of some responses (redirects, fetched ones) cannot be set.
        new Response(result.body, result)
      : result === undefined
        ? new Response(null, { status: 204 })
        : Response.json(result);
  response.headers.set("x-request-id", requestId);
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
  return response;
}

/** What a failure looks like to the caller. */
export type ToWire = (
  error: unknown,
  requestId: string,
) => { status: number; body: unknown; retryAfter?: number };

interface Refused {
  error: unknown;
  request: Request;
  origin: RequestOrigin;
  actor?: Actor;
  toWire?: ToWire;
}

async function refuse({ error, request, origin, actor, toWire = toWireError }: Refused): Promise<Response> {
  const { status, body, retryAfter } = toWire(error, origin.requestId);
  const { pathname } = new URL(request.url);
  if (status >= 500 && !(isAppError(error) && error.code === "unavailable")) {
    log.error("Request failed", {
      error,
      requestId: origin.requestId,
      method: request.method,
      path: pathname,
    });
  }
  await recordRefusal({ ...origin, actor }, { method: request.method, url: request.url, error });
  return answer(
    Response.json(body, {
      status,
      headers: retryAfter === undefined ? undefined : { "retry-after": String(Math.ceil(retryAfter)) },
    }),
    origin.requestId,
  );
}

async function paramsOf<P extends Params>(segment: Segment<P> | undefined): Promise<P> {
  return (await segment?.params) ?? ({} as P);
}

/**
 * A route handler for signed-in people and keys: identity, cross-site check, JSON, errors, audit of refusals.
 * @param toWire for interfaces whose errors have a form of their own
 */
export function withActor<P extends Params = Params>(
  handler: (request: Request, ctx: Context, params: P) => Promise<unknown>,
  toWire?: ToWire,
): Route<P> {
  return async (request, segment) => {
    const ip = remoteAddress(request);
    const origin = requestOrigin(request.headers, ip);
    let actor: Actor | undefined;
    try {
      const ctx = await requestContext({
        headers: request.headers,
        remoteAddress: ip,
        method: request.method,
        url: request.url,
        signal: request.signal,
        requestId: origin.requestId,
      });
      actor = ctx.actor;
      return answer(await handler(request, ctx, await paramsOf(segment)), origin.requestId);
    } catch (error) {
      return refuse({ error, request, origin, actor, toWire });
    }
  };
}

/** A route handler for anyone; changes from other sites' pages are still refused. */
export function withPublic<P extends Params = Params>(
  handler: (request: Request, origin: RequestOrigin, params: P) => Promise<unknown>,
): Route<P> {
  return async (request, segment) => {
    const origin = requestOrigin(request.headers, remoteAddress(request));
    try {
      if (!isSafeMethod(request.method)) refuseForeignSite(request.headers);
      return answer(await handler(request, origin, await paramsOf(segment)), origin.requestId);
    } catch (error) {
      return refuse({ error, request, origin });
    }
  };
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  const declared = request.headers.get("content-length");
  const tooLarge = () => new AppError("too_large", `The body is larger than ${maxBytes} bytes.`);
  if (declared !== null && Number(declared) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let received = 0;
  for await (const chunk of request.body ?? []) {
    received += chunk.byteLength;
    if (received > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  // A body cut short on its way would otherwise be taken for the whole.
  if (declared !== null && Number(declared) !== received) {
    throw new AppError("invalid", `The body has ${received} bytes where ${declared} were announced.`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new AppError("invalid", "The body is not UTF-8.", { cause });
  }
}

/** The JSON body of a request, validated. @throws AppError `invalid`, `too_large` or `unprocessable`. */
export async function readBody<S extends z.ZodType>(
  request: Request,
  schema: S,
  maxBytes = 1024 * 1024,
): Promise<z.output<S>> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new AppError("invalid", "Send the body as application/json.");
  const text = await readText(request, maxBytes);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid", "The body is not JSON.", { cause });
  }
  return parseInput(schema, json);
}

/** The query of a request, validated; a name given twice is refused. @throws AppError `unprocessable`. */
export function readQuery<S extends z.ZodType>(request: Request, schema: S): z.output<S> {
  const { searchParams } = new URL(request.url);
  for (const name of searchParams.keys()) {
    if (searchParams.getAll(name).length > 1) throw new AppError("unprocessable", `${name}: given twice`);
  }
  return parseInput(schema, Object.fromEntries(searchParams));
}
