import type { PGlite } from "@electric-sql/pglite";
import { type AuditedAction, type AuditOrigin, record } from "@/lib/audit/server";
import { dropSingle, single } from "@/lib/core/server";
import { db } from "@/lib/db/server";

export const origin: AuditOrigin = {
  requestId: "req_1",
  ip: "127.0.0.1",
  userAgent: "test",
  sessionId: "ses_1",
  userId: "usr_1",
  userIdentity: "ana@example.org",
};

export const action = (params: Record<string, unknown> = {}): AuditedAction => ({
  service: "keys",
  action: "createKey",
  params,
  status: 200,
});

/** Records `count` actions, each in a transaction of its own. */
export async function recordMany(count: number, done: Partial<AuditedAction> = {}): Promise<void> {
  const database = await db();
  for (let n = 1; n <= count; n += 1) {
    await database.write((tx) => record(tx, origin, { ...action({ n }), ...done }));
  }
}

/** Runs statements as somebody who may do anything to the database, past every trigger. */
export async function tamper(engine: PGlite, ...statements: string[]): Promise<void> {
  await engine.exec(`BEGIN; SET LOCAL session_replication_role = replica; ${statements.join("; ")}; COMMIT;`);
}

/** Runs `work` with another master key. */
export async function withKey<T>(key: string, work: () => Promise<T>): Promise<T> {
  const usual = process.env.SECRET_KEY;
  const keyring = single("core.keyring", () => undefined);
  dropSingle("core.keyring");
  process.env.SECRET_KEY = key;
  try {
    return await work();
  } finally {
    process.env.SECRET_KEY = usual;
    dropSingle("core.keyring");
    if (keyring) single("core.keyring", () => keyring);
  }
}

const columns = [
  ...[
    "seq",
    "eventTime",
    "eventId",
    "sourceIp",
    "userAgent",
    "sessionId",
    "userId",
    "userIdentity",
    "serviceName",
  ],
  ...[
    "actionName",
    "requestId",
    "requestParams",
    "statusCode",
    "errorMessage",
    "auditLevel",
    "privilege",
    "why",
  ],
  ...["securableKind", "securableId", "securableName", "mac"],
].map((name) => `"${name}"`);

/** A statement that adds a copy of some row with other values. */
export function forged(values: Record<string, unknown>): string {
  const changed = `json_populate_record(e, '${JSON.stringify({ eventId: "evt_x", ...values })}')`;
  return `INSERT INTO "AuditEvent" (${columns}) SELECT ${columns.map((name) => `(${changed}).${name}`)}
    FROM "AuditEvent" AS e ORDER BY "seq" LIMIT 1`;
}
