import "server-only";
import { record } from "@/lib/audit/server";
import type { Tx } from "@/lib/db/server";
import type { Context } from "../context";
import { auditContext } from "../origin";

/** Writes down a change to principals in the transaction that makes it. */
export function audit(tx: Tx, ctx: Context, action: string, params: Record<string, unknown>): Promise<void> {
  return record(tx, auditContext(ctx), { service: "accounts", action, params, status: 200 });
}
