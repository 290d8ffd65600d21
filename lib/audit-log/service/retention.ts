import "server-only";
import { leastDaysKept } from "@/lib/audit";
import { type AuditOrigin, record, trimChain } from "@/lib/audit/server";
import { auditContext, type Context, requirePrivilege } from "@/lib/auth/server";
import { now } from "@/lib/core";
import { db } from "@/lib/db/server";
import { type Retention, retention, type retentionInput } from "../schema";
import { readRetention, writeRetention } from "../store/retention";

const dayMs = 86_400_000;

/** For ever, unless somebody chose otherwise. */
async function daysKept(): Promise<number | null> {
  const stored = retention.safeParse(await readRetention((await db()).prisma));
  return stored.data?.days ?? null;
}

export async function getRetention(ctx: Context): Promise<Retention> {
  requirePrivilege(ctx, "MANAGE", { kind: "metastore" });
  return { days: await daysKept() };
}

export async function updateRetention(
  ctx: Context,
  { days }: ReturnType<typeof retentionInput.parse>,
): Promise<Retention> {
  requirePrivilege(ctx, "MANAGE", { kind: "metastore" });
  const before = await daysKept();
  await (await db()).write(async (tx) => {
    await writeRetention(tx, days);
    await record(tx, auditContext(ctx), {
      service: "auditLog",
      action: "updateRetention",
      params: { days, before },
      status: 200,
      securable: { kind: "metastore" },
      privilege: "MANAGE",
    });
  });
  return { days };
}

const daily: AuditOrigin = {
  requestId: "retention",
  ip: "local",
  userAgent: "daily job",
  userIdentity: "retention",
};

/** Removes what is older than the retention, from the beginning of the log only. Returns how many rows went. */
export async function applyRetention(): Promise<number> {
  const days = await daysKept();
  if (days === null) return 0;
  const kept = Math.max(days, leastDaysKept);
  return trimChain(daily, new Date(now().getTime() - kept * dayMs), kept);
}
