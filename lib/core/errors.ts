/** Codes a caller can act on, each with its HTTP status. */
export const statusOf = {
  invalid: 400,
  unprocessable: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  client_closed: 499,
  internal: 500,
  upstream: 502,
  unavailable: 503,
  timeout: 504,
  disk_full: 507,
} as const;

export type ErrorCode = keyof typeof statusOf;

export interface FieldDetail {
  path: string;
  message: string;
}

export interface ErrorOptions {
  details?: FieldDetail[];
  cause?: unknown;
  /** Seconds after which a retry may succeed. */
  retryAfter?: number;
  /** The request field at fault, in OpenAI's `param`. */
  param?: string;
  /** What a service that was asked answered, without secrets. */
  upstream?: UpstreamAnswer;
  /** What stands against it, for the caller to show and to settle; JSON. */
  conflict?: unknown;
}

export interface UpstreamAnswer {
  /** HTTP status; absent when the failure came in a stream. */
  status?: number;
  body: string;
}

// The server bundle and Next's bundle hold separate copies of this class, so `instanceof` would miss half of them.
const brand = Symbol.for("tessera.AppError");

/** A failure that the caller can act on; everything else is a bug and is answered as `internal` without text. */
export class AppError extends Error {
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly details: FieldDetail[] | undefined;
  readonly retryAfter: number | undefined;
  readonly param: string | undefined;
  readonly upstream: UpstreamAnswer | undefined;
  readonly conflict: unknown;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.details = options.details;
    this.retryAfter = options.retryAfter;
    this.param = options.param;
    this.upstream = options.upstream;
    this.conflict = options.conflict;
  }

  get status(): number {
    return statusOf[this.code];
  }
}

export function isAppError(error: unknown): error is AppError {
  return typeof error === "object" && error !== null && brand in error;
}
