import "server-only";
import { bumpPolicyEpoch } from "@/lib/access/server";
import { record } from "@/lib/audit/server";
import { newId } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import { type Context, notFound, requirePrivilege } from "../context";
import { auditContext, type RequestOrigin } from "../origin";
import type { Session } from "../schema";
import { sessionSeconds } from "../session-token";
import {
  findLiveSessions,
  findSessionWithUser,
  insertSession,
  revokeSessionRow,
  revokeSessionsOf,
} from "../store/sessions";
import { audit } from "./audit";

type Row = Awaited<ReturnType<typeof findLiveSessions>>[number];

/** @param current the session that asks */
export const shownSession = (row: Row, current: string | undefined): Session => ({
  id: row.id,
  ip: row.ip,
  userAgent: row.userAgent,
  createdAt: row.createdAt.toISOString(),
  lastSeenAt: row.lastSeenAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  current: row.id === current,
});

/** Where the person is signed in. */
export async function findSessions(ctx: Context): Promise<Session[]> {
  const { userId, sessionId } = ctx.actor;
  requirePrivilege(ctx, "BROWSE", { kind: "session", ownerId: userId });
  const rows = await findLiveSessions((await db()).prisma, userId, new Date());
  return rows.map((row) => shownSession(row, sessionId));
}

/** Signs one place out at once. */
export async function revokeSession(ctx: Context, id: string): Promise<void> {
  const row = await findSessionWithUser((await db()).prisma, id);
  if (!row) throw notFound("session");
  requirePrivilege(ctx, "MANAGE", { kind: "session", ownerId: row.userId, id });
  await (await db()).write(async (tx) => {
    if (!(await revokeSessionRow(tx, id, new Date()))) throw notFound("session");
    await bumpPolicyEpoch(tx, [{ kind: "principal", id: row.userId }]);
    await audit(tx, ctx, "revokeSession", { sessionId: id, ownerId: row.userId });
  });
}

/** Signs the person out everywhere but here. */
export async function revokeOtherSessions(ctx: Context): Promise<{ revoked: number }> {
  const { userId, sessionId } = ctx.actor;
  requirePrivilege(ctx, "MANAGE", { kind: "session", ownerId: userId });
  return (await db()).write(async (tx) => {
    const revoked = await revokeSessionsOf(tx, userId, new Date(), sessionId);
    if (revoked > 0) await bumpPolicyEpoch(tx, [{ kind: "principal", id: userId }]);
    await audit(tx, ctx, "revokeOtherSessions", { revoked });
    return { revoked };
  });
}

interface Person {
  id: string;
  email: string;
}

/** Starts a session for somebody whose identity was just proved, and records the sign-in. */
export async function startSession(
  tx: Tx,
  origin: RequestOrigin,
  person: Person,
  method: string,
): Promise<string> {
  const id = newId("ses");
  await insertSession(tx, {
    id,
    userId: person.id,
    ip: origin.ip,
    userAgent: origin.userAgent,
    expiresAt: new Date(Date.now() + sessionSeconds * 1000),
  });
  const audit = { ...auditContext(origin), sessionId: id, userId: person.id, userIdentity: person.email };
  await record(tx, audit, { service: "accounts", action: "signIn", params: { method }, status: 200 });
  return id;
}

/** Ends the session that signs itself out; one that ended before is left as it is. */
export async function endSession(origin: RequestOrigin, id: string): Promise<void> {
  await (await db()).write(async (tx) => {
    const row = await findSessionWithUser(tx, id);
    if (!row || !(await revokeSessionRow(tx, id, new Date()))) return;
    await bumpPolicyEpoch(tx, [{ kind: "principal", id: row.userId }]);
    const audit = {
      ...auditContext(origin),
      sessionId: id,
      userId: row.userId,
      userIdentity: row.user.email,
    };
    await record(tx, audit, { service: "accounts", action: "signOut", params: {}, status: 200 });
  });
}
