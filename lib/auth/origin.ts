import "server-only";
import type { HeaderSource } from "./cross-site";
import type { Actor } from "./schema";

/** Where a request came from, before it is known who sent it. */
export interface RequestOrigin {
  requestId: string;
  ip: string;
  userAgent: string;
}

const requestIdForm = /^[\w-]{1,64}$/;

/** Request id, address and client of a request; the server in front has replaced any id a client sent. */
export function requestOrigin(
  headers: HeaderSource,
  remoteAddress: string,
  requestId?: string,
): RequestOrigin {
  const stamped = requestId ?? headers.get("x-request-id") ?? "";
  return {
    requestId: requestIdForm.test(stamped) ? stamped : crypto.randomUUID(),
    ip: remoteAddress,
    userAgent: (headers.get("user-agent") ?? "").slice(0, 300),
  };
}

/** The origin of an audit row for what this context does. */
export function auditContext(ctx: RequestOrigin & { actor?: Actor }) {
  const { requestId, ip, userAgent, actor } = ctx;
  return {
    requestId,
    ip,
    userAgent,
    sessionId: actor?.sessionId ?? (actor?.keyId ? `key:${actor.keyId}` : undefined),
    userId: actor?.userId,
    userIdentity: actor?.email ?? "unknown",
  };
}
