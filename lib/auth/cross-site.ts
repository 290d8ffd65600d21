import "server-only";
import { AppError } from "@/lib/core";
import { env } from "@/lib/core/server";

export interface HeaderSource {
  get(name: string): string | null;
}

const loopbackNames = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Origins whose pages are ours: the configured address or, when none is configured, the listening one
 * under each of its loopback names, because people type localhost where the log says 127.0.0.1.
 */
function ownOrigins(): string[] {
  const { BASE_URL, baseUrl } = env();
  const { origin, port, protocol } = new URL(baseUrl);
  if (BASE_URL) return [origin];
  const aliases = loopbackNames.map(
    (name) => new URL(`${protocol}//${name}${port ? `:${port}` : ""}`).origin,
  );
  return [origin, ...aliases];
}

/** Whether a browser's headers show a request from our own pages; `none` when they say nothing. */
function provenance(headers: HeaderSource): "own" | "foreign" | "none" {
  const sent = headers.get("origin");
  // A page without a referrer, and a sandboxed one, send "null": it proves nothing either way.
  const origin = sent === "null" ? null : sent;
  const site = headers.get("sec-fetch-site");
  if (origin !== null && !ownOrigins().includes(origin)) return "foreign";
  if (site !== null && site !== "same-origin") return "foreign";
  return origin === null && site === null ? "none" : "own";
}

function refusal(headers: HeaderSource): AppError {
  const origin = headers.get("origin");
  return new AppError(
    "forbidden",
    origin
      ? `A page at ${origin.slice(0, 200)} may not do this here. Open the workbench at ${env().baseUrl}, or set BASE_URL to the address you use.`
      : "This change did not come from a page of the workbench.",
  );
}

/** Guards a change that a cookie authorises: another site's page could send the cookie, but not these headers. @throws AppError `forbidden`. */
export function requireSameSite(headers: HeaderSource): void {
  if (provenance(headers) !== "own") throw refusal(headers);
}

/** Guards a change that needs no cookie: programs may make it, other sites' pages may not. @throws AppError `forbidden`. */
export function refuseForeignSite(headers: HeaderSource): void {
  if (provenance(headers) === "foreign") throw refusal(headers);
}

/** Methods that change nothing by their definition. */
export function isSafeMethod(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}
