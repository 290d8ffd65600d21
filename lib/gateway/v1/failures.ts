import "server-only";
import type { ServerResponse } from "node:http";
import { AppError, type ErrorCode, isAppError, statusOf, type UpstreamAnswer } from "@/lib/core";
import { log } from "@/lib/core/server";
import type { ChatEvent } from "@/lib/inference";

/** OpenAI's envelope, from which its packages make their error classes, and what an upstream answered. */
interface ErrorBody {
  error: {
    message: string;
    type: string;
    param: string | null;
    code: string | null;
    upstream?: UpstreamAnswer;
  };
}

/** A refusal of HTTP's own kind, for which there is no domain error. */
export class HttpRefusal extends Error {
  readonly status: 404 | 405 | 415;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(
    status: HttpRefusal["status"],
    code: string,
    message: string,
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

const typeOf: Partial<Record<ErrorCode, string>> = {
  invalid: "invalid_request_error",
  unprocessable: "invalid_request_error",
  too_large: "invalid_request_error",
  conflict: "invalid_request_error",
  unauthenticated: "authentication_error",
  forbidden: "permission_error",
  not_found: "not_found_error",
  rate_limited: "rate_limit_error",
};

function codeOf(code: ErrorCode, param: string | undefined): string | null {
  if (code === "invalid" || code === "unprocessable") return null;
  if (code === "unauthenticated") return "invalid_api_key";
  if (code === "rate_limited") return "rate_limit_exceeded";
  if (code === "not_found" && param === "model") return "model_not_found";
  return code;
}

function envelope(code: ErrorCode, message: string, param?: string, upstream?: UpstreamAnswer): ErrorBody {
  return {
    error: {
      message,
      type: typeOf[code] ?? "server_error",
      param: param ?? null,
      code: codeOf(code, param),
      upstream,
    },
  };
}

/** The failure event of an engine as the error a caller gets. */
export function failureOf(event: Extract<ChatEvent, { type: "error" }>): AppError {
  const { code, message, retryAfter, status, body } = event;
  return new AppError(code, message, {
    retryAfter,
    param: code === "not_found" ? "model" : undefined,
    upstream: body === undefined ? undefined : { status, body },
  });
}

interface Answer {
  status: number;
  body: ErrorBody;
  headers: Record<string, string>;
}

function answerOf(error: unknown, requestId: string): Answer {
  if (error instanceof HttpRefusal) {
    const type = error.status === 404 ? "not_found_error" : "invalid_request_error";
    const body = { error: { message: error.message, type, param: null, code: error.code } };
    return { status: error.status, body, headers: error.headers };
  }
  if (isAppError(error)) {
    const headers: Record<string, string> = {};
    if (error.retryAfter !== undefined) headers["retry-after"] = String(Math.ceil(error.retryAfter));
    const body = envelope(error.code, error.message, error.param, error.upstream);
    return { status: statusOf[error.code], body, headers };
  }
  log.error("A /v1 request failed", { error, requestId });
  return {
    status: 500,
    body: envelope("internal", `Something failed here. Quote request ${requestId}.`),
    headers: {},
  };
}

/** Answers a failure before anything was sent. */
export function sendFailure(response: ServerResponse, error: unknown, requestId: string): void {
  const { status, body, headers } = answerOf(error, requestId);
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...headers,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}

/** The last event of a stream that fails after its first byte. */
export function failureFrame(error: unknown, requestId: string): string {
  return `data: ${JSON.stringify(answerOf(error, requestId).body)}\n\n`;
}
