import { z } from "zod";
import { AppError, type ErrorCode, type FieldDetail, isAppError } from "./errors";

/** The body of every refusal outside `/v1`. */
export const apiError = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** Of a conflict: what stands against it. */
    conflict: z.unknown().optional(),
    request_id: z.string().optional(),
  }),
});

export type ApiErrorBody = z.infer<typeof apiError>;

/** zod's issues as `details` per field. */
export function zodDetails(error: z.ZodError): FieldDetail[] {
  return error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
}

/** Validates input at an edge. @throws AppError `unprocessable` with details per field. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const details = zodDetails(parsed.error);
  const first = details[0];
  throw new AppError(
    "unprocessable",
    first ? `${first.path || "body"}: ${first.message}` : "Not understood.",
    { details },
  );
}

/** What a caller may see of any failure: its own words when it can act on it, nothing otherwise. */
export function toWireError(
  error: unknown,
  requestId: string,
): { status: number; code: ErrorCode; body: ApiErrorBody; retryAfter?: number } {
  if (isAppError(error)) {
    const { code, message, details, retryAfter, conflict } = error;
    return {
      status: error.status,
      code,
      retryAfter,
      body: {
        error: {
          code,
          message,
          ...(details ? { details } : {}),
          ...(conflict === undefined ? {} : { conflict }),
          request_id: requestId,
        },
      },
    };
  }
  return {
    status: 500,
    code: "internal",
    body: {
      error: {
        code: "internal",
        message: `Something failed here. Quote request ${requestId}.`,
        request_id: requestId,
      },
    },
  };
}
