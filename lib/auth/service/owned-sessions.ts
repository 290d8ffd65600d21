import "server-only";
import { bumpPolicyEpoch } from "@/lib/access/server";
import { db } from "@/lib/db/server";
import { allAccounts, type Context, notFound, requirePrivilege } from "../context";
import { mostOwned, type OwnedFilter, type OwnedSession, type Session } from "../schema";
import {
  countAllLiveSessions,
  countLiveSessions,
  findLiveSessions,
  listLiveSessions,
  revokeSessionsOf,
} from "../store/sessions";
import { findPrincipal, refOf } from "../store/users";
import { audit } from "./audit";
import { shownSession } from "./sessions";

/** Where everybody is signed in, last seen first; narrowed by person or address. */
export async function findAllSessions(
  ctx: Context,
  { q = "" }: OwnedFilter,
): Promise<{ sessions: OwnedSession[]; total: number }> {
  requirePrivilege(ctx, "MANAGE", allAccounts);
  const { prisma } = await db();
  const at = new Date();
  const rows = await listLiveSessions(prisma, q.trim(), at, mostOwned);
  return {
    sessions: rows.map((row) => ({
      ...shownSession(row, ctx.actor.sessionId),
      owner: refOf(row.user),
    })),
    total: rows.length < mostOwned ? rows.length : await countAllLiveSessions(prisma, q.trim(), at),
  };
}

/** Where one person is signed in. @throws AppError `not_found` */
export async function findSessionsOf(ctx: Context, userId: string): Promise<Session[]> {
  requirePrivilege(ctx, "MANAGE", { kind: "user", id: userId });
  const { prisma } = await db();
  if (!(await findPrincipal(prisma, userId))) throw notFound("user");
  const rows = await findLiveSessions(prisma, userId, new Date());
  return rows.map((row) => shownSession(row, ctx.actor.sessionId));
}

/** Signs one person out everywhere, at once. */
export async function endSessionsOf(ctx: Context, userId: string): Promise<{ ended: number }> {
  requirePrivilege(ctx, "MANAGE", { kind: "user", id: userId });
  return (await db()).write(async (tx) => {
    if (!(await findPrincipal(tx, userId))) throw notFound("user");
    const at = new Date();
    const ended = await countLiveSessions(tx, userId, at);
    await revokeSessionsOf(tx, userId, at);
    await bumpPolicyEpoch(tx, [{ kind: "principal", id: userId }]);
    await audit(tx, ctx, "endSessions", { userId, ended });
    return { ended };
  });
}
