import "server-only";
import { authorize, fullNameOf, knownPolicy, nodeOf, type PolicyNode } from "@/lib/access/server";
import { recordRead } from "@/lib/audit/server";
import { auditContext, type Context, requirePrivilege } from "@/lib/auth/server";
import type { AuditEvent, AuditFilter } from "../schema";
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

/** Rows on a page, and the object whose keeper asks for them where that is their only reason to be shown. */
interface Shown {
  sought: Sought;
  kept: PolicyNode | null;
}

/** As `soughtBy`; of one object the rows are also for whoever may manage it. @throws AppError `forbidden` */
export function shownTo(ctx: Context, filter: AuditFilter): Shown {
  const { mine, ...others } = filter;
  const node = filter.securable && !mine ? nodeOf(knownPolicy(), { id: filter.securable }) : undefined;
  const isKeeper =
    node &&
    authorize(ctx.actor, "MANAGE", { id: node.id }).allow &&
    !authorize(ctx.actor, "MANAGE", { kind: "metastore" }).allow;
  if (isKeeper) return { sought: { ...others, ownerId: null }, kept: node };
  return { sought: soughtBy(ctx, filter), kept: null };
}

/** Whoever keeps an object learns who did what with it, not from where and with what they came. */
export function forKeeper(event: AuditEvent): AuditEvent {
  return { ...event, source_ip_address: "", user_agent: "", session_id: null };
}

/** Reading what others did leaves a row of its own; one's own rows are one's own. */
export async function recordLook(
  ctx: Context,
  { sought, kept }: Shown,
  action: string,
  params: object,
): Promise<void> {
  if (sought.ownerId !== null) return;
  await recordRead(auditContext(ctx), {
    service: "auditLog",
    action,
    params: { ...params },
    securable: kept ? { kind: kept.kind, id: kept.id, name: fullNameOf(kept) } : { kind: "metastore" },
    privilege: "MANAGE",
  });
}
