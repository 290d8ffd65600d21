import { AppError } from "@/lib/core";

/** A file that cannot be attached; the words follow its name. */
export function refusal(name: string, why: string, cause?: unknown): AppError {
  return new AppError("unprocessable", `${name} ${why}`, { cause });
}

export function tooLarge(name: string, most: string): AppError {
  return new AppError("too_large", `${name} is too large: at most ${most}.`);
}
