import "server-only";
import { newId } from "@/lib/core";
import { redact } from "@/lib/core/server";
import type { Tx } from "@/lib/db/server";
import { insertEvent } from "./store";

/** Who did it and from where. */
export interface AuditOrigin {
  requestId: string;
  ip: string;
  userAgent: string;
  sessionId?: string;
  userId?: string;
  /** E-mail address, key id or another name for whoever acted, readable after the account is gone. */
  userIdentity: string;
}

/** What was done, in the terms of the service that did it. */
export interface AuditedAction {
  service: string;
  action: string;
  params: Record<string, unknown>;
  /** HTTP status of the outcome. */
  status: number;
  error?: string;
}

const MAX_TEXT = 2_000;
const MAX_PARAMS = 16_000;

/** PostgreSQL stores neither NUL nor half a surrogate pair; without this a request could make its own audit row fail. */
function storable(text: string, limit = MAX_TEXT): string {
  const clean = text.replaceAll("\0", "\uFFFD").toWellFormed();
  return clean.length > limit ? `${clean.slice(0, limit - 1).toWellFormed()}…` : clean;
}

function storableValue(value: unknown): unknown {
  if (typeof value === "string") return storable(value);
  if (Array.isArray(value)) return value.map(storableValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storable(key), storableValue(item)]));
}

function storableParams(params: Record<string, unknown>): Record<string, unknown> {
  const plain: unknown = JSON.parse(
    JSON.stringify(params, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
  );
  const safe = storableValue(redact(plain)) as Record<string, unknown>;
  const size = JSON.stringify(safe).length;
  return size <= MAX_PARAMS
    ? safe
    : { omitted: `${size} characters`, fields: Object.keys(safe).slice(0, 50) };
}

/**
 * Writes one audit row in the caller's transaction, so that an action and its row are kept or dropped together.
 * Secrets among the parameters are replaced by name and by form.
 */
export async function record(tx: Tx, origin: AuditOrigin, done: AuditedAction): Promise<void> {
  const error = done.error === undefined ? null : storable(String(redact(done.error)));
  await insertEvent(tx, {
    eventId: newId("evt"),
    sourceIp: storable(origin.ip, 100),
    userAgent: storable(origin.userAgent, 500),
    sessionId: origin.sessionId ?? null,
    userId: origin.userId ?? null,
    userIdentity: storable(origin.userIdentity, 320),
    serviceName: done.service,
    actionName: done.action,
    requestId: storable(origin.requestId, 100),
    requestParams: storableParams(done.params),
    statusCode: done.status,
    errorMessage: error,
  });
}
