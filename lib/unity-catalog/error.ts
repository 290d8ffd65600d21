import { type ErrorCode, isAppError, statusOf } from "@/lib/core";

const codes: Record<ErrorCode, string> = {
  invalid: "INVALID_ARGUMENT",
  unprocessable: "INVALID_ARGUMENT",
  too_large: "INVALID_ARGUMENT",
  unauthenticated: "UNAUTHENTICATED",
  forbidden: "PERMISSION_DENIED",
  not_found: "NOT_FOUND",
  conflict: "ALREADY_EXISTS",
  rate_limited: "RESOURCE_EXHAUSTED",
  client_closed: "CANCELLED",
  internal: "INTERNAL",
  upstream: "UNAVAILABLE",
  unavailable: "UNAVAILABLE",
  timeout: "DEADLINE_EXCEEDED",
  disk_full: "RESOURCE_EXHAUSTED",
};

interface UnityAnswer {
  status: number;
  body: { error_code: string; message: string; details: object[] };
  retryAfter?: number;
}

/** A failure in Unity Catalog's form. */
export function toUnityError(error: unknown, requestId: string): UnityAnswer {
  if (!isAppError(error)) {
    const message = `Something failed here. Quote request ${requestId}.`;
    return { status: 500, body: { error_code: "INTERNAL", message, details: [] } };
  }
  const { code, message, details = [], retryAfter } = error;
  const status = code === "unprocessable" ? 400 : statusOf[code];
  return { status, retryAfter, body: { error_code: codes[code], message, details } };
}

/** The same for deletions, where a conflict is what is still in the way. */
export function toUnityDeletionError(error: unknown, requestId: string): UnityAnswer {
  const answer = toUnityError(error, requestId);
  if (answer.status !== 409) return answer;
  return { ...answer, status: 400, body: { ...answer.body, error_code: "FAILED_PRECONDITION" } };
}
