import "server-only";
import type { Tx } from "@/lib/db/server";
import { literally } from "./like";

export function findSessionWithUser(tx: Tx, id: string) {
  return tx.session.findUnique({ where: { id }, include: { user: true } });
}

export function findLiveSessions(tx: Tx, userId: string, at: Date) {
  return tx.session.findMany({
    where: { userId, revokedAt: null, expiresAt: { gt: at } },
    orderBy: { lastSeenAt: "desc" },
  });
}

export function countLiveSessions(tx: Tx, userId: string, at: Date): Promise<number> {
  return tx.session.count({ where: { userId, revokedAt: null, expiresAt: { gt: at } } });
}

const live = (q: string, at: Date) => ({
  revokedAt: null,
  expiresAt: { gt: at },
  ...(q
    ? {
        OR: [
          { ip: { startsWith: literally(q) } },
          { user: { name: { contains: literally(q), mode: "insensitive" as const } } },
          { user: { email: { contains: literally(q), mode: "insensitive" as const } } },
        ],
      }
    : {}),
});

/** Everybody's sessions, last seen first, `most` at most. */
export function listLiveSessions(tx: Tx, q: string, at: Date, most: number) {
  return tx.session.findMany({
    where: live(q, at),
    include: { user: true },
    orderBy: { lastSeenAt: "desc" },
    take: most,
  });
}

export function countAllLiveSessions(tx: Tx, q: string, at: Date): Promise<number> {
  return tx.session.count({ where: live(q, at) });
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
