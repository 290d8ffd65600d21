import "server-only";
import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import { type Dispatcher, request } from "undici";
import { AppError, isAppError } from "@/lib/core";
import { checkedUrl, redact } from "@/lib/core/server";

/** A hub and what it is asked with. */
export interface HubAccess {
  /** In one spelling, without a slash at its end. */
  address: string;
  token?: string;
  dispatcher: Dispatcher;
}

export interface HubAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Readable;
}

const headersMs = 30_000;
/** Between two pieces of a body. */
const stallMs = 60_000;
const maxRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);

/** The hub's address in one spelling. @throws AppError `unprocessable`. */
export function normalisedHub(text: string): string {
  const url = checkedUrl(text);
  if (url.search || url.hash) throw new AppError("unprocessable", "A hub's address ends with its path.");
  return url.href.replace(/\/+$/, "");
}

/**
 * Asks the hub, over redirects. The token goes to the hub's own origin and nowhere else: large files are
 * handed out by other hosts, which need none.
 * @throws AppError `unavailable` when nothing answers.
 */
export async function askHub(
  hub: HubAccess,
  address: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<HubAnswer> {
  const home = new URL(hub.address).origin;
  let url = checkedUrl(address);
  let token = hub.token;
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    if (url.origin !== home) token = undefined;
    const answer = await send(hub.dispatcher, url, token, headers, signal);
    if (!redirects.has(answer.status)) return answer;
    await discard(answer.body);
    const { location } = answer.headers;
    if (typeof location !== "string" || !URL.canParse(location, url)) {
      throw new AppError("upstream", `${url.origin} answered with a redirect that leads nowhere.`);
    }
    const next = checkedUrl(new URL(location, url).href);
    if (url.protocol === "https:" && next.protocol === "http:") {
      throw new AppError("unprocessable", `${url.origin} leads to ${next.origin}, which is not encrypted.`);
    }
    url = next;
  }
  throw new AppError("upstream", `${home} redirected more than ${maxRedirects} times.`);
}

async function send(
  dispatcher: Dispatcher,
  url: URL,
  token: string | undefined,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<HubAnswer> {
  try {
    const {
      statusCode,
      headers: received,
      body,
    } = await request(url, {
      dispatcher,
      signal,
      headersTimeout: headersMs,
      bodyTimeout: stallMs,
      headers: {
        // A compressed answer has another length than the file, and ranges of it mean nothing.
        "accept-encoding": "identity",
        "user-agent": "tessera",
        ...headers,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
    });
    // An answer that is let go must not become an unhandled error.
    body.on("error", () => undefined);
    return { status: statusCode, headers: received, body };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw connectionFailure(error, url.origin);
  }
}

/** Lets an answer go; a short one is read, so that the connection can be used again. */
async function discard(body: Readable): Promise<void> {
  try {
    let seen = 0;
    for await (const chunk of body) {
      seen += (chunk as Buffer).length;
      if (seen > 64 * 1024) break;
    }
  } catch {
    // What it would have said is not wanted.
  }
}

const reasons: Record<string, string> = {
  ECONNREFUSED: "it refused the connection",
  ECONNRESET: "it broke the connection",
  EPIPE: "it broke the connection",
  UND_ERR_SOCKET: "it broke the connection",
  ENOTFOUND: "its name is not known here",
  EAI_AGAIN: "its name could not be looked up",
  EHOSTUNREACH: "there is no way to it",
  ENETUNREACH: "there is no way to it",
  ETIMEDOUT: "it did not answer in time",
  UND_ERR_CONNECT_TIMEOUT: "it did not answer in time",
  UND_ERR_HEADERS_TIMEOUT: "it did not answer in time",
  UND_ERR_BODY_TIMEOUT: "it stopped sending",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "it sent another length than it announced",
};

/** What went wrong with a connection, in words; our own refusals stay as they are. */
export function connectionFailure(error: unknown, origin: string): AppError {
  if (isAppError(error)) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const why = reasons[code] ?? (code ? `the connection failed (${code})` : "the connection failed");
  return new AppError("unavailable", `${origin} could not be reached: ${why}.`, { cause: error });
}

const maxJson = 16 * 1024 * 1024;

/** The JSON of an answer. @throws AppError `upstream` when it is none, or too much. */
export async function readJson(answer: HubAnswer, origin: string): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of answer.body) {
      size += (part as Buffer).length;
      if (size > maxJson) throw new AppError("upstream", `${origin} sent more than a list of files.`);
      parts.push(part as Buffer);
    }
  } catch (error) {
    throw connectionFailure(error, origin);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString("utf8"));
  } catch (cause) {
    throw new AppError("upstream", `${origin} does not answer as a model hub does.`, { cause });
  }
}

/** Seconds of a Retry-After header, given as seconds or as a date. */
export function retryAfter(headers: IncomingHttpHeaders): number | undefined {
  const text = headers["retry-after"]?.trim();
  if (!text) return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(86_400, Math.max(0, Math.ceil(seconds))) : undefined;
}

/** What was asked for, for the words of a refusal. */
export interface Asked {
  repository: string;
  revision?: string;
  path?: string;
}

/** The failure that a refused request becomes. `details` names the field that would help. */
export async function refusalOf(hub: HubAccess, answer: HubAnswer, asked: Asked): Promise<AppError> {
  const { status, headers } = answer;
  const code = String(headers["x-error-code"] ?? "");
  await discard(answer.body);
  const { repository, revision, path } = asked;
  const about = (field: string, message: string) =>
    new AppError("unprocessable", String(redact(message)), { details: [{ path: field, message }] });
  if (status === 429) {
    const seconds = retryAfter(headers);
    const when = seconds === undefined ? "later" : `in ${seconds} s`;
    return new AppError("rate_limited", `${hub.address} asks to be left alone for now. Try again ${when}.`, {
      retryAfter: seconds,
    });
  }
  if (status === 404 || (status === 401 && code === "RepoNotFound" && !hub.token)) {
    if (code === "RevisionNotFound") return about("revision", `${repository} has no revision ${revision}.`);
    if (path && code !== "RepoNotFound") return about("repository", `${repository} has no file ${path}.`);
    return about(
      "repository",
      `${hub.address} has no repository ${repository}${hub.token ? "" : ", or it is private"}.`,
    );
  }
  if (status === 401 || status === 403) return about("token", gatedWords(hub, status, repository));
  if (status >= 500 || status === 408) {
    return new AppError("unavailable", `${hub.address} answered ${status}.`, {
      retryAfter: retryAfter(headers),
    });
  }
  return new AppError("upstream", `${hub.address} answered ${status} for ${path ?? repository}.`);
}

function gatedWords(hub: HubAccess, status: number, repository: string): string {
  const terms = `${hub.address}/${repository}`;
  if (!hub.token) {
    return `${repository} is given only to accounts that accepted its licence (${status}). Accept it at ${terms}, then enter a token of that account in the hub's settings.`;
  }
  const token = `the token that ends in ${hub.token.slice(-4)}`;
  return status === 401
    ? `${hub.address} does not take ${token} (401). Enter another one in the hub's settings.`
    : `The account of ${token} may not read ${repository} (403). Accept its licence at ${terms} with that account, or enter a token that may read it.`;
}
