import "server-only";
import { authorize } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import { eventOf } from "../event";
import type { AuditCounts, AuditEvent, AuditPage, auditCountQuery, auditPageQuery } from "../schema";
import { countRows, findRow, findRows, spanOf } from "../store/events";
import { forKeeper, recordLook, shownTo, soughtBy } from "./scope";

/** Matching rows, newest first, by pages that later rows do not shift. */
export async function findAuditEvents(
  ctx: Context,
  query: ReturnType<typeof auditPageQuery.parse>,
): Promise<AuditPage> {
  const { before, limit, ...filter } = query;
  const shown = shownTo(ctx, filter);
  const { sought, kept } = shown;
  // One more than asked for tells whether there are others.
  const rows = await findRows((await db()).prisma, sought, { before, limit: limit + 1 });
  const events = rows.slice(0, limit).map(eventOf);
  await recordLook(ctx, shown, "findAuditEvents", { ...filter, before, limit });
  return {
    events: kept ? events.map(forKeeper) : events,
    next: rows.length > limit ? (events.at(-1)?.seq ?? null) : null,
  };
}

/** How many rows match, over the time asked for or else from the first of them to the last. Counts show no row, so none is recorded. */
export async function countAuditEvents(
  ctx: Context,
  query: ReturnType<typeof auditCountQuery.parse>,
): Promise<AuditCounts> {
  const { buckets, ...filter } = query;
  const sought = soughtBy(ctx, filter);
  const { prisma } = await db();
  const { first, last, total } = await spanOf(prisma, sought);
  if (!first || !last) return { total: 0, buckets: [] };
  const start = filter.from ? new Date(filter.from) : first;
  const end = filter.to ? new Date(filter.to) : last;
  // Half a bucket's width at least, so that the last row falls into the last bucket and not behind it.
  const stepMs = Math.max(1, Math.ceil((end.getTime() - start.getTime() + 1) / buckets));
  const counted = new Map(
    (await countRows(prisma, sought, { start, stepMs })).map((row) => [row.bucket, row]),
  );
  const at = (index: number) => new Date(start.getTime() + index * stepMs).toISOString();
  return {
    total,
    buckets: Array.from({ length: buckets }, (_, index) => {
      const { allowed = 0, refused = 0, failed = 0 } = counted.get(index) ?? {};
      return { from: at(index), to: at(index + 1), allowed, refused, failed };
    }),
  };
}

/** One row. @throws AppError `not_found`, in the same words for no row and for another person's. */
export async function getAuditEvent(ctx: Context, eventId: string): Promise<AuditEvent> {
  const row = /^\w{1,60}$/.test(eventId) ? await findRow((await db()).prisma, eventId) : null;
  const { userId } = ctx.actor;
  const own = row?.userId === userId;
  const { allow } = own
    ? authorize(ctx.actor, "BROWSE", { kind: "user", id: userId })
    : authorize(ctx.actor, "MANAGE", { kind: "metastore" });
  if (!row || !allow) throw noSuchEvent();
  if (!own) await recordLook(ctx, { sought: { ownerId: null }, kept: null }, "getAuditEvent", { eventId });
  return eventOf(row);
}

const noSuchEvent = () => new AppError("not_found", "There is no such row of the audit log.");
