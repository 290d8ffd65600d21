import "server-only";
import { recordRead } from "@/lib/audit/server";
import { auditContext, type Context, requirePrivilege } from "@/lib/auth/server";
import type { AuditFilter } from "../schema";
import type { Sought } from "../store/events";

/** Whose rows a caller may be shown: their own, or everybody's with MANAGE on the metastore. @throws AppError `forbidden`. */
export function soughtBy(ctx: Context, { mine, ...filter }: AuditFilter): Sought {
  if (mine) {
    const { userId } = ctx.actor;
    requirePrivilege(ctx, "BROWSE", { kind: "user", id: userId });
    return { ...filter, ownerId: userId };
  }
  requirePrivilege(ctx, "MANAGE", { kind: "metastore" });
  return { ...filter, ownerId: null };
}

/** Reading what others did leaves a row of its own; one's own rows are one's own. */
export async function recordLook(
  ctx: Context,
  sought: Sought,
  action: string,
  params: object,
): Promise<void> {
  if (sought.ownerId !== null) return;
  await recordRead(auditContext(ctx), {
    service: "auditLog",
    action,
    params: { ...params },
    securable: { kind: "metastore" },
    privilege: "MANAGE",
  });
}
