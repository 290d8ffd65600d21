import "server-only";
import { newId, now } from "@/lib/core";
import { redact } from "@/lib/core/server";
import type { AuditLevel } from "./schema";

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
  /** By default that of the service. */
  level?: AuditLevel;
  /** The object it was done to; `name` is the full name, such as main.support.tickets. */
  securable?: { kind: string; id?: string; name?: string };
  /** What was needed on the object. */
  privilege?: string;
  /** Why it was allowed or refused. */
  why?: string;
}

/** A row as it is stored, without its place in the chain. */
export interface AuditRow {
  eventTime: Date;
  eventId: string;
  sourceIp: string;
  userAgent: string;
  sessionId: string | null;
  userId: string | null;
  userIdentity: string;
  serviceName: string;
  actionName: string;
  requestId: string;
  requestParams: unknown;
  statusCode: number;
  errorMessage: string | null;
  auditLevel: AuditLevel;
  privilege: string | null;
  why: string | null;
  securableKind: string | null;
  securableId: string | null;
  securableName: string | null;
}

const MAX_TEXT = 2_000;
const MAX_NAME = 800;
const MAX_PARAMS = 16_000;

/** PostgreSQL stores neither NUL nor half a surrogate pair; without this a request could make its own audit row fail. */
function storable(text: string, limit = MAX_TEXT): string {
  const clean = text.replaceAll("\0", "\uFFFD").toWellFormed();
  return clean.length > limit ? `${clean.slice(0, limit - 1).toWellFormed()}…` : clean;
}

const storableOrNull = (text: string | undefined, limit?: number) =>
  text === undefined ? null : storable(text, limit);

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

/** The row of an action: cut to size, with secrets replaced by name and by form. */
export function rowOf(origin: AuditOrigin, done: AuditedAction): AuditRow {
  const { securable } = done;
  return {
    eventTime: now(),
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
    errorMessage: done.error === undefined ? null : storable(String(redact(done.error))),
    auditLevel: done.level ?? (done.service === "accounts" ? "ACCOUNT_LEVEL" : "WORKSPACE_LEVEL"),
    privilege: storableOrNull(done.privilege, 100),
    why: done.why === undefined ? null : storable(String(redact(done.why))),
    securableKind: storableOrNull(securable?.kind, 100),
    securableId: storableOrNull(securable?.id, 200),
    securableName: storableOrNull(securable?.name, MAX_NAME),
  };
}
