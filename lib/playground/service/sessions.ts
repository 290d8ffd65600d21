import "server-only";
import { record } from "@/lib/audit/server";
import { auditContext, type Context, notFound, requirePrivilege } from "@/lib/auth/server";
import { newId, now } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import type {
  PlaygroundSession,
  PlaygroundSummary,
  SessionCreation,
  SessionFilter,
  SessionPage,
  SessionUpdate,
} from "./schema";
import {
  type FullRow,
  findFacts,
  findRow,
  insertRow,
  listRows,
  purgeRows,
  type SessionRow,
  setDeleted,
  updateRow,
} from "./store";
import { titleOf } from "./title";

const kept = 30 * 86_400_000;

export type SaveResult =
  | { outcome: "saved"; session: PlaygroundSummary }
  | { outcome: "conflict"; current: PlaygroundSession };

function summary({ id, title, version, createdAt, updatedAt }: SessionRow): PlaygroundSummary {
  return { id, title, version, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

function session(row: FullRow): PlaygroundSession {
  return { ...summary(row), document: row.document };
}

/** @throws AppError `not_found`, in the same words for no row, a deleted one and another person's. */
function own<R extends SessionRow>(ctx: Context, row: R | null, which: "live" | "deleted" = "live"): R {
  if (!row) throw notFound("playground");
  requirePrivilege(ctx, "MANAGE", { kind: "playground", ownerId: row.ownerId });
  if ((row.deletedAt === null) !== (which === "live")) throw notFound("playground");
  return row;
}

/** The row of the audit log says which session and version, never what was written. */
function audit(tx: Tx, ctx: Context, action: string, params: Record<string, string | number>): Promise<void> {
  return record(tx, auditContext(ctx), { service: "playground", action, params, status: 200 });
}

/** The caller's own saved sessions, newest first. */
export async function findSessions(ctx: Context, filter: SessionFilter): Promise<SessionPage> {
  const rows = await listRows((await db()).prisma, ctx.actor.userId, filter);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  const next = rows.length > filter.limit && last ? `${last.updatedAt.toISOString()}~${last.id}` : null;
  return { sessions: page.map(summary), next };
}

/** @throws AppError `not_found` unless the caller owns it. */
export async function getSession(ctx: Context, id: string): Promise<PlaygroundSession> {
  return session(own(ctx, await findRow((await db()).prisma, id)));
}

/** Saves a new session of the caller. */
export async function createSession(ctx: Context, input: SessionCreation): Promise<PlaygroundSummary> {
  const database = await db();
  return database.write(async (tx) => {
    const { document } = input;
    const title = input.title ?? titleOf(document);
    const row = await insertRow(tx, { id: newId("pg"), ownerId: ctx.actor.userId, title, document });
    await audit(tx, ctx, "createSession", { id: row.id });
    return summary(row);
  });
}

/** Saves over the version that the caller saw; another one in between is answered with what is there now. */
export async function saveSession(ctx: Context, id: string, update: SessionUpdate): Promise<SaveResult> {
  const database = await db();
  const { version, ...change } = update;
  return database.write(async (tx) => {
    own(ctx, await findFacts(tx, id));
    const row = await updateRow(tx, id, version, change);
    if (!row) return { outcome: "conflict", current: session(own(ctx, await findRow(tx, id))) };
    await audit(tx, ctx, "saveSession", { id, version: row.version });
    return { outcome: "saved", session: summary(row) };
  });
}

/** Deletes; it can be restored for 30 days, then it is gone. */
export async function deleteSession(ctx: Context, id: string): Promise<void> {
  const database = await db();
  await database.write(async (tx) => {
    await setDeleted(tx, own(ctx, await findFacts(tx, id)), now());
    await purgeRows(tx, ctx.actor.userId, new Date(now().getTime() - kept));
    await audit(tx, ctx, "deleteSession", { id });
  });
}

/** Brings a deleted session back. */
export async function restoreSession(ctx: Context, id: string): Promise<PlaygroundSummary> {
  const database = await db();
  return database.write(async (tx) => {
    const row = own(ctx, await findFacts(tx, id), "deleted");
    await setDeleted(tx, row, null);
    await audit(tx, ctx, "restoreSession", { id });
    return summary({ ...row, deletedAt: null });
  });
}
