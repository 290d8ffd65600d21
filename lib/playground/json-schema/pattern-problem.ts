import { isAppError } from "@/lib/core";
import { patternTest } from "@/lib/inference/client";

/** Why a pattern cannot be matched by; null when it can. */
export function patternProblem(pattern: string, mode: "whole" | "search"): string | null {
  try {
    patternTest(pattern, mode);
    return null;
  } catch (error) {
    if (isAppError(error)) return error.message;
    throw error;
  }
}
