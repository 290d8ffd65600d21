import "server-only";
import { metastoreId, type Question } from "@/lib/access";
import {
  authorize,
  findSecurable,
  type Policy,
  type PolicyNode,
  type SecurableRow,
} from "@/lib/access/server";
import { record } from "@/lib/audit/server";
import { auditContext, type Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import type { Tx } from "@/lib/db/server";
import type { ObjectRef } from "../schema";

/** The answer for what does not exist and, in the same words, for what the reader may not know of. */
export function noObject(): AppError {
  return new AppError("not_found", "It does not exist, or you may not see it.");
}

/** The audit row of a change, in its transaction; `on` is the object that was changed. */
export function audit(
  tx: Tx,
  ctx: Context,
  action: string,
  params: Record<string, unknown>,
  on?: Pick<ObjectRef, "kind" | "fullName"> & { id?: string },
): Promise<void> {
  return record(tx, auditContext(ctx), {
    service: "unityCatalog",
    action,
    params,
    status: 200,
    ...(on ? { securable: { kind: on.kind, id: on.id, name: on.fullName } } : {}),
  });
}

/** @throws AppError `not_found`, or `forbidden` where the object may be seen. */
export function requireOn(ctx: Context, policy: Policy, id: string, question: Question): PolicyNode {
  const node = policy.node(id);
  // That there is a workbench is known to everybody.
  const isKnown = id === metastoreId || authorize(ctx.actor, "BROWSE", { id }).allow;
  if (!node || !isKnown) throw noObject();
  const { allow, why } = authorize(ctx.actor, question, { id });
  if (!allow) throw new AppError("forbidden", why);
  return node;
}

/** The row of an object whose right was checked. */
export async function rowOf(tx: Tx, id: string): Promise<SecurableRow> {
  const row = await findSecurable(tx, id);
  if (!row) throw noObject();
  return row;
}

/** Rights on an object and all above it are for whoever may grant on it, or on the workbench. */
export function seesAllRights(ctx: Context, id: string): boolean {
  return (
    authorize(ctx.actor, "GRANT", { id }).allow || authorize(ctx.actor, "MANAGE", { id: metastoreId }).allow
  );
}
