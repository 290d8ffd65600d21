import "server-only";
import { db } from "@/lib/db/server";
import { noteUse } from "../last-used";
import type { Actor } from "../schema";
import { cookieValue, readSessionToken, type SessionClaims, sessionCookieName } from "../session-token";
import { findSessionWithUser } from "../store/sessions";

const seenEveryMs = 60_000;

/** The actor of a session whose row still stands, or null: revoked, expired, or its account switched off. */
export async function actorOfClaims({ userId, sessionId }: SessionClaims): Promise<Actor | null> {
  const row = await findSessionWithUser((await db()).prisma, sessionId);
  const at = new Date();
  if (!row || row.userId !== userId || row.revokedAt || row.expiresAt <= at) return null;
  const { kind, email, name, role, disabledAt } = row.user;
  if (disabledAt || kind !== "person") return null;
  if (at.getTime() - row.lastSeenAt.getTime() >= seenEveryMs) noteUse("sessions", sessionId, at);
  return { userId, kind, email, name, role, sessionId };
}

/** The signed-in person of a Cookie header, or null. The row decides on every request; nothing is remembered. */
export async function actorOfSession(cookieHeader: string): Promise<Actor | null> {
  const token = cookieValue(cookieHeader, sessionCookieName());
  const claims = token ? await readSessionToken(token) : null;
  return claims ? actorOfClaims(claims) : null;
}
