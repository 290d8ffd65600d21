import { AppError } from "@/lib/core";

/** That a name is taken, for a form to show at its field. */
export function nameConflict(message: string, cause?: unknown): AppError {
  return new AppError("conflict", message, { details: [{ path: "name", message }], cause });
}
