import "server-only";
import { record } from "@/lib/audit/server";
import { auditContext, type Context, notFound, requirePrivilege } from "@/lib/auth/server";
import { now } from "@/lib/core";
import type { Tx } from "@/lib/db/server";
import { daysKept } from "../schema";
import type { SessionRow } from "../store/sessions";

/** What was deleted before this cannot be brought back. */
export const keptSince = () => new Date(now().getTime() - daysKept * 86_400_000);

/** @throws AppError `not_found`, in the same words for no row, a deleted one and another person's. */
export function own<R extends SessionRow>(
  ctx: Context,
  row: R | null,
  which: "live" | "deleted" = "live",
): R {
  if (!row) throw notFound("playground");
  requirePrivilege(ctx, "MANAGE", { kind: "playground", ownerId: row.ownerId, id: row.id });
  if ((row.deletedAt === null) !== (which === "live")) throw notFound("playground");
  if (row.deletedAt && row.deletedAt < keptSince()) throw notFound("playground");
  return row;
}

/**
 * The caller's own sessions, or snapshots, all together; votes go with sessions.
 * @throws AppError `forbidden` for a key that was narrowed to less.
 */
export function requireOwn(
  ctx: Context,
  kind: "playground" | "snapshot",
  privilege: "BROWSE" | "MANAGE",
): void {
  requirePrivilege(ctx, privilege, { kind, ownerId: ctx.actor.userId });
}

/** The row of the audit log says which session and version, never what was written. */
export function audit(
  tx: Tx,
  ctx: Context,
  action: string,
  params: Record<string, string | number>,
): Promise<void> {
  return record(tx, auditContext(ctx), { service: "playground", action, params, status: 200 });
}
