import "server-only";
import { AppError } from "@/lib/core";
import { env, log, toWireError } from "@/lib/core/server";
import { requireSameSite } from "../cross-site";
import { requestOrigin } from "../origin";
import { recordRefusal } from "../refusals";
import { isSecureSite } from "../session-token";
import { exchange, readCookies, readFields } from "./exchange";
import { authOptions, type Outcome, ownAddress } from "./options";

const actions = new Set(["signin", "signout", "callback", "session", "csrf", "providers", "error"]);

function callbackCookie(): string {
  return `${isSecureSite() ? "__Secure-" : ""}next-auth.callback-url`;
}

/** Replaces addresses that lead elsewhere or are none, before next-auth parses them (CVE-2022-31093). */
function tameCallback(fields: Record<string, string>, name: string, origin: string): void {
  const given = fields[name];
  if (given !== undefined) fields[name] = ownAddress(given, origin);
}

async function run(request: Request): Promise<Response> {
  const url = new URL(request.url);
  const [action = "", providerId = ""] = url.pathname.split("/").slice(3);
  if (!actions.has(action)) throw new AppError("not_found", "There is no such page.");
  if (request.method === "POST") requireSameSite(request.headers);

  const base = new URL(env().baseUrl);
  const isIssuerStart = request.method === "POST" && action === "signin" && providerId === "oidc";
  const host = request.headers.get("host") ?? url.host;
  // State and nonce lie in cookies of this host, and the issuer sends people back to the configured one.
  if (isIssuerStart && host !== base.host) {
    return Response.json({ url: `${base.origin}/sign-in?error=WrongHost` });
  }

  const query: Record<string, string> = Object.fromEntries(url.searchParams);
  const body = await readFields(request);
  const cookies = readCookies(request.headers.get("cookie"));
  tameCallback(query, "callbackUrl", base.origin);
  tameCallback(body, "callbackUrl", base.origin);
  tameCallback(cookies, callbackCookie(), base.origin);

  // next-auth reads its own address from here alone; a Host header must not choose it.
  process.env.NEXTAUTH_URL = new URL("/api/auth", base).href;
  const origin = requestOrigin(request.headers, request.headers.get("x-tessera-remote") ?? "unknown");
  const outcome: Outcome = {};
  const reply = await exchange(
    {
      method: request.method,
      // next-auth adds the query to what it asks of the issuer, which is not the visitor's to choose.
      query: { ...(isIssuerStart ? {} : query), nextauth: [action, providerId].filter(Boolean) },
      body,
      cookies,
      headers: {},
    },
    authOptions(origin, outcome),
  );

  const { error } = outcome;
  if (error && (body.json === "true" || error.code === "rate_limited")) {
    if (error.code === "rate_limited") {
      await recordRefusal(origin, { method: request.method, url: request.url, error });
    }
    const { status, body: words, retryAfter } = toWireError(error, origin.requestId);
    const headers: Record<string, string> =
      retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
    return reply.toResponse({ status, body: { ...words, url: reply.target }, headers });
  }
  if (request.method === "POST" && reply.target?.endsWith("csrf=true")) {
    throw new AppError("forbidden", "This form has run out. Load the page again.");
  }
  return reply.toResponse();
}

/** The route handler of next-auth, guarded like every other: own pages only, bounded input, typed errors. */
export async function handleNextAuth(request: Request): Promise<Response> {
  const origin = requestOrigin(request.headers, request.headers.get("x-tessera-remote") ?? "unknown");
  let response: Response;
  try {
    response = await run(request);
  } catch (error) {
    const { status, body } = toWireError(error, origin.requestId);
    if (status === 500) log.error("Signing in failed", { error, requestId: origin.requestId });
    await recordRefusal(origin, { method: request.method, url: request.url, error });
    response = Response.json(body, { status });
  }
  response.headers.set("x-request-id", origin.requestId);
  response.headers.set("cache-control", "private, no-store");
  // Relative, so that whoever opened the workbench as localhost stays there.
  const location = response.headers.get("location") ?? "";
  const target = URL.canParse(location) ? new URL(location) : null;
  if (target?.origin === new URL(env().baseUrl).origin) {
    response.headers.set("location", target.pathname + target.search);
  }
  return response;
}
