import "server-only";
import type { AuthOptions } from "next-auth";
import { AppError } from "@/lib/core";

/** A request in the form next-auth's API handler takes. */
export interface AuthRequest {
  method: string;
  query: Record<string, string | string[]>;
  body: Record<string, string>;
  cookies: Record<string, string>;
  headers: Record<string, string>;
}

const maxBodyBytes = 64 * 1024;

/** The fields of a JSON or form body; anything but strings is refused. @throws AppError `invalid` or `too_large`. */
export async function readFields(request: Request): Promise<Record<string, string>> {
  if (request.method !== "POST") return {};
  if (Number(request.headers.get("content-length") ?? 0) > maxBodyBytes) {
    throw new AppError("too_large", "The form is too large.");
  }
  const text = await request.text();
  if (text.length > maxBodyBytes) throw new AppError("too_large", "The form is too large.");
  if (!request.headers.get("content-type")?.includes("application/json")) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid", "The body is not JSON.", { cause });
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new AppError("invalid", "The body is not an object.");
  }
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(json)) {
    // next-auth's own client sends the flag `json` as a boolean.
    const text = typeof value === "boolean" ? String(value) : value;
    if (typeof text !== "string") throw new AppError("invalid", `${name} is not a text.`);
    fields[name] = text;
  }
  return fields;
}

/** A request's cookies; values that do not decode are left out, for nothing of ours wrote them. */
export function readCookies(header: string | null): Record<string, string> {
  const cookies: Record<string, string> = {};
  for (const part of (header ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at < 1) continue;
    try {
      cookies[part.slice(0, at).trim()] ??= decodeURIComponent(part.slice(at + 1).trim());
    } catch (error) {
      if (!(error instanceof URIError)) throw error;
    }
  }
  return cookies;
}

/** The part of Node's response that next-auth's API handler writes to, kept until it becomes a `Response`. */
class Reply {
  code = 200;
  body: unknown = undefined;
  private readonly headers = new Map<string, string | string[]>();

  status(code: number): this {
    this.code = code;
    return this;
  }
  getHeader(name: string): string | string[] | undefined {
    return this.headers.get(name.toLowerCase());
  }
  setHeader(name: string, value: string | string[]): this {
    this.headers.set(name.toLowerCase(), value);
    return this;
  }
  json(body: unknown): void {
    this.setHeader("content-type", "application/json").body = body;
  }
  send(body: unknown): void {
    this.body = body;
  }
  end(): void {}

  /** Where the caller is sent, whether by status or inside of a JSON answer. */
  get target(): string | undefined {
    const location = this.getHeader("location");
    if (typeof location === "string") return location;
    const { url } = (this.body ?? {}) as { url?: unknown };
    return typeof url === "string" ? url : undefined;
  }

  /** @param override replaces status and body, and keeps the cookies. */
  toResponse(override?: { status: number; body: unknown; headers: Record<string, string> }): Response {
    const headers = new Headers(override?.headers);
    for (const [name, value] of this.headers) {
      if (override && name !== "set-cookie") continue;
      for (const item of [value].flat()) headers.append(name, item);
    }
    const { status, body } = override ?? { status: this.code, body: this.body };
    if (body === undefined || typeof body === "string") return new Response(body, { status, headers });
    headers.set("content-type", "application/json");
    return new Response(JSON.stringify(body), { status, headers });
  }
}

type Handler = (request: AuthRequest, reply: Reply, options: AuthOptions) => Promise<void>;

/** next-auth is CommonJS: bundled, its default export is the function; loaded by Node itself, an object that has it. */
async function loadNextAuth(): Promise<Handler> {
  const { default: loaded } = (await import("next-auth")) as unknown as {
    default: Handler | { default: Handler };
  };
  return typeof loaded === "function" ? loaded : loaded.default;
}

/**
 * Runs next-auth on a plain request. Its API handler is used, not its route handler: that one takes cookies and
 * headers from Next's request scope and so runs nowhere else.
 */
export async function exchange(request: AuthRequest, options: AuthOptions): Promise<Reply> {
  const nextAuth = await loadNextAuth();
  const reply = new Reply();
  await nextAuth(request, reply, options);
  return reply;
}
