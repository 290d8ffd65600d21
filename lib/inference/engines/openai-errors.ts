import "server-only";
import { AppError, cutText, isAppError } from "@/lib/core";
import { redact } from "@/lib/core/server";
import type { ChatEvent, EngineErrorCode } from "../schema";
import { field, InStreamError } from "./openai-answer";
import type { ResponseHead } from "./openai-exchange";

export type EngineFailure = Extract<ChatEvent, { type: "error" }>;

const longestMessage = 500;
const longestBody = 4000;

const cut = (text: string, length: number) => (text.length > length ? `${cutText(text, length)}…` : text);

/** Upstream text without the key, in full or shortened as some servers echo it, and without other secrets. */
function withoutSecrets(text: string, apiKey: string | undefined): string {
  let shown = text;
  if (apiKey) {
    shown = shown.replaceAll(apiKey, "•••");
    if (apiKey.length >= 12) {
      const start = apiKey.slice(0, 6).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      shown = shown.replace(new RegExp(`${start}[^\\s"',;]*`, "g"), "•••");
    }
  }
  return String(redact(shown));
}

/** Upstream text as it may stand in a message: on one line, short and without secrets. */
function shownText(text: string, apiKey: string | undefined): string {
  return cut(
    withoutSecrets(text, apiKey)
      .replace(/[\p{Cc}\s]+/gu, " ")
      .trim(),
    longestMessage,
  );
}

/** An error body as it may be shown beside the message; undefined when there is none. */
function shownBody(body: unknown, apiKey: string | undefined): string | undefined {
  const text = typeof body === "string" ? body : (JSON.stringify(body, null, 2) ?? "");
  const shown = withoutSecrets(text, apiKey).replace(/[^\P{Cc}\n\t]+/gu, " ");
  return cut(shown.trim(), longestBody) || undefined;
}

/** The words of an error body in any of the usual shapes; a page of HTML says nothing to a caller. */
export function errorText(body: unknown): string {
  if (typeof body === "string") return /^\s*</.test(body) ? "" : body;
  const error = field(body, "error") ?? body;
  for (const candidate of [error, field(error, "message"), field(error, "detail"), field(error, "reason")]) {
    if (typeof candidate === "string") return candidate;
  }
  const detail = field(error, "detail");
  return detail === undefined ? "" : JSON.stringify(detail).slice(0, 2000);
}

/** Seconds of a Retry-After header, given as seconds or as a date. */
export function retryAfter(headers: ResponseHead["headers"]): number | undefined {
  const text = headers["retry-after"];
  if (typeof text !== "string" || text.trim() === "") return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(86_400, Math.max(0, Math.ceil(seconds))) : undefined;
}

function codeOf(status: number): EngineErrorCode {
  if (status === 400 || status === 413) return "invalid";
  if (status === 422) return "unprocessable";
  if (status === 404) return "not_found";
  if (status === 429) return "rate_limited";
  if (status === 503 || status === 529) return "unavailable";
  if (status === 408 || status === 504) return "timeout";
  return "upstream";
}

function lead(status: number): string {
  if (status === 401 || status === 403) {
    return `The upstream refused this connection's key (${status}). An administrator can enter another one.`;
  }
  if (status === 404) return "The upstream has no such model or address (404).";
  if (status === 429) return "The upstream's rate limit is reached (429).";
  if (status >= 300 && status < 400) {
    return `The upstream answered with a redirect (${status}), which is not followed. Set the connection's URL to the final address.`;
  }
  return `The upstream answered ${status}.`;
}

/** The failure that a refused call becomes. */
export function refused(head: ResponseHead, body: unknown, apiKey: string | undefined): EngineFailure {
  const { status } = head;
  // What a server says about a refused key may quote the key.
  const told = status === 401 || (status >= 300 && status < 400) ? "" : body;
  const words = shownText(errorText(told), apiKey);
  const after = retryAfter(head.headers);
  return {
    type: "error",
    code: codeOf(status),
    message: words ? `${lead(status)} ${words}` : lead(status),
    status,
    body: shownBody(told, apiKey),
    ...(after === undefined ? {} : { retryAfter: after }),
  };
}

const networkWords: Record<string, string> = {
  ECONNREFUSED: "The upstream refused the connection.",
  ECONNRESET: "The upstream broke the connection.",
  EPIPE: "The upstream broke the connection.",
  UND_ERR_SOCKET: "The upstream broke the connection.",
  ENOTFOUND: "The upstream's host name is not known.",
  EAI_AGAIN: "The upstream's host name could not be looked up.",
  EHOSTUNREACH: "The upstream cannot be reached from here.",
  ENETUNREACH: "The upstream cannot be reached from here.",
  ETIMEDOUT: "The upstream did not accept the connection in time.",
  UND_ERR_CONNECT_TIMEOUT: "The upstream did not accept the connection in time.",
  UND_ERR_HEADERS_OVERFLOW: "The upstream's headers are too large.",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "The upstream sent another length than it announced.",
};

const certificateCode = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|UNABLE_TO_|SELF_SIGNED_)/;

function networkWord(code: string): string {
  if (code.startsWith("HPE_")) return "The upstream does not speak HTTP as announced.";
  if (certificateCode.test(code)) return `The upstream's certificate was not accepted (${code}).`;
  return networkWords[code] ?? "The upstream could not be reached.";
}

/** The event for anything thrown while talking to an upstream. */
export function failed(error: unknown, apiKey: string | undefined): EngineFailure {
  if (error instanceof InStreamError) {
    const text = shownText(errorText(error.body), apiKey);
    const status = Number(field(error.body, "code"));
    const known = Number.isInteger(status) && status >= 400 && status < 600;
    return {
      type: "error",
      code: known ? codeOf(status) : "upstream",
      message: text ? `The upstream stopped with an error: ${text}` : error.message,
      body: shownBody(error.body, apiKey),
      ...(known ? { status } : {}),
    };
  }
  if (isAppError(error)) {
    const code = error.code === "timeout" ? "timeout" : "upstream";
    return { type: "error", code, message: error.message };
  }
  const code = String(field(error, "code") ?? "");
  return {
    type: "error",
    code: code.includes("CONNECT_TIMEOUT") || code === "ETIMEDOUT" ? "timeout" : "upstream",
    message: networkWord(code),
  };
}

/** The same failure for callers that expect an exception. */
export function asAppError(failure: EngineFailure, cause?: unknown): AppError {
  return new AppError(failure.code, failure.message, { retryAfter: failure.retryAfter, cause });
}
