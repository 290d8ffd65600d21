import { type ErrorCode, isAppError } from "@/lib/core";
import type { ChatEvent, EngineErrorCode } from "../schema";

const engineCodes: readonly string[] = [
  "invalid",
  "unprocessable",
  "not_found",
  "rate_limited",
  "upstream",
  "unavailable",
  "timeout",
  "internal",
] satisfies EngineErrorCode[];

type ErrorEvent = Extract<ChatEvent, { type: "error" }>;

/** A failure as an engine's last event. Only our own errors keep their words; others may quote anything. */
export function engineFailure(error: unknown): ErrorEvent {
  if (!isAppError(error)) return { type: "error", code: "internal", message: "The engine failed here." };
  return {
    type: "error",
    code: engineCode(error.code),
    message: error.message,
    retryAfter: error.retryAfter,
  };
}

function engineCode(code: ErrorCode): EngineErrorCode {
  return engineCodes.includes(code) ? (code as EngineErrorCode) : "internal";
}
