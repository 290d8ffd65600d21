import "server-only";
import type { Tx } from "@/lib/db/server";

export function findSessionWithUser(tx: Tx, id: string) {
  return tx.session.findUnique({ where: { id }, include: { user: true } });
}

export function findLiveSessions(tx: Tx, userId: string, at: Date) {
  return tx.session.findMany({
    where: { userId, revokedAt: null, expiresAt: { gt: at } },
    orderBy: { lastSeenAt: "desc" },
  });
}

interface NewSession {
  id: string;
  userId: string;
  ip: string;
  userAgent: string;
  expiresAt: Date;
}

export function insertSession(tx: Tx, session: NewSession) {
  return tx.session.create({ data: session });
}

/** Whether a live session was revoked by this call. */
export async function revokeSessionRow(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } });
  return count === 1;
}

/** Revokes a person's sessions, but for the one named. */
export async function revokeSessionsOf(tx: Tx, userId: string, at: Date, exceptId?: string): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { userId, revokedAt: null, ...(exceptId ? { id: { not: exceptId } } : {}) },
    data: { revokedAt: at },
  });
  return count;
}

export function touchSession(tx: Tx, id: string, at: Date) {
  return tx.session.updateMany({ where: { id, lastSeenAt: { lt: at } }, data: { lastSeenAt: at } });
}
