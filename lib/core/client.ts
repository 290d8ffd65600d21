import type { z } from "zod";
import { AppError, type ErrorCode, type ErrorOptions, statusOf } from "./errors";
import { apiError } from "./wire";

interface FetchOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  signal?: AbortSignal;
}

type Query = Record<string, string | number | boolean | undefined>;

/** An `AppError` that also carries the server's request id, shown in error states for copying. */
export class RequestError extends AppError {
  readonly requestId: string | undefined;
  constructor(
    code: ErrorCode,
    message: string,
    requestId: string | undefined,
    options: Pick<ErrorOptions, "details" | "conflict"> = {},
  ) {
    super(code, message, options);
    this.requestId = requestId;
  }
}

function withQuery(path: string, query: Query): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) params.set(key, String(value));
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

/** Fetches JSON from our own API and validates the answer. @throws RequestError with the server's code and words. */
export async function fetchJson<S extends z.ZodType>(
  path: string,
  query: Query,
  schema: S,
  options: FetchOptions = {},
): Promise<z.output<S>> {
  const { method = "GET", body, signal } = options;
  let response: Response;
  try {
    response = await fetch(withQuery(path, query), {
      method,
      signal,
      // What may be kept for a while is asked about all the same: a page shows what holds now.
      cache: "no-cache",
      headers:
        body === undefined
          ? { accept: "application/json" }
          : { accept: "application/json", "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new RequestError("unavailable", "The workbench did not answer. Nothing was changed.", undefined);
  }
  const text = await response.text();
  const json: unknown = text ? JSON.parse(text) : undefined;
  if (!response.ok) {
    const parsed = apiError.safeParse(json);
    const code =
      parsed.success && parsed.data.error.code in statusOf
        ? (parsed.data.error.code as ErrorCode)
        : "internal";
    throw new RequestError(
      code,
      parsed.success ? parsed.data.error.message : `The workbench answered ${response.status}.`,
      parsed.success ? parsed.data.error.request_id : (response.headers.get("x-request-id") ?? undefined),
      parsed.success ? { details: parsed.data.error.details, conflict: parsed.data.error.conflict } : {},
    );
  }
  return schema.parse(json);
}
