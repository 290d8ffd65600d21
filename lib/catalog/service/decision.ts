import "server-only";
import { isPrivilege, type Privilege } from "@/lib/access";
import {
  authorize,
  currentPolicy,
  explain,
  findRequest,
  type GrantChange,
  type Policy,
  type PolicyNode,
  type RequestRow,
} from "@/lib/access/server";
import { type Context, requirePrivilege } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import type { DecisionEffect } from "../request-schema";
import { toRef } from "../view";
import { requireOn } from "./context";
import { effectOf } from "./effect";
import { grantQuestions } from "./granters";

/** @throws AppError `forbidden` for a key that was narrowed: it neither asks nor answers in its owner's name. */
export function requireRequests(ctx: Context): void {
  requirePrivilege(ctx, "BROWSE", { kind: "metastore" });
}

export const noRequest = () => new AppError("not_found", "There is no such request.");

export interface ToGrant {
  node: PolicyNode;
  privilege: Privilege;
}

/** A request somebody else made that the caller may decide. @throws AppError `not_found`, `forbidden` */
export async function requireDecider(
  ctx: Context,
  policy: Policy,
  id: string,
): Promise<{ row: RequestRow; node: PolicyNode }> {
  const row = await findRequest((await db()).prisma, id);
  if (!row?.securableId || !authorize(ctx.actor, "GRANT", { id: row.securableId }).allow) throw noRequest();
  if (row.requesterId === ctx.actor.userId) {
    throw new AppError("forbidden", "Somebody else decides your own request.");
  }
  return { row, node: requireOn(ctx, policy, row.securableId, "GRANT") };
}

/** A request is no way round what a grant needs. */
export function requireMayGive(ctx: Context, policy: Policy, row: RequestRow, node: PolicyNode): void {
  for (const question of row.privileges.flatMap(grantQuestions)) requireOn(ctx, policy, node.id, question);
  if (!policy.principal(row.requesterId)?.isActive) {
    throw new AppError("conflict", "The requester’s account is switched off or gone. It can only be denied.");
  }
}

const asked = (row: RequestRow, node: PolicyNode): ToGrant[] =>
  row.privileges.filter(isPrivilege).map((privilege) => ({ node, privilege }));

/** What the requester lacks above the object, as far as the decider may grant it, each once. */
export function preconditions(ctx: Context, policy: Policy, row: RequestRow, node: PolicyNode): ToGrant[] {
  const found = new Map<string, ToGrant>();
  for (const { privilege } of asked(row, node)) {
    const { conditions } = explain(policy, { principalId: row.requesterId }, privilege, node);
    for (const { met, need, on } of conditions) {
      const at = policy.node(on);
      if (met || !at || on === node.id || !isPrivilege(need)) continue;
      if (authorize(ctx.actor, "GRANT", { id: on }).allow)
        found.set(`${need} ${on}`, { node: at, privilege: need });
    }
  }
  return [...found.values()];
}

/** Everything a granted request gives. */
export function grantsOf(
  ctx: Context,
  policy: Policy,
  row: RequestRow,
  node: PolicyNode,
  withPreconditions: boolean,
): ToGrant[] {
  return [...asked(row, node), ...(withPreconditions ? preconditions(ctx, policy, row, node) : [])];
}

/** What granting a request would do, without and with what is missing above the object. */
export async function previewDecision(ctx: Context, id: string): Promise<DecisionEffect> {
  requireRequests(ctx);
  const policy = await currentPolicy();
  const { row, node } = await requireDecider(ctx, policy, id);
  requireMayGive(ctx, policy, row, node);
  const { prisma } = await db();
  const effectWith = (withPreconditions: boolean) =>
    effectOf(
      prisma,
      policy,
      grantsOf(ctx, policy, row, node, withPreconditions).map(({ node: on, privilege }) => ({
        node: on,
        changes: [{ principalId: row.requesterId, add: [privilege], remove: [] } satisfies GrantChange],
      })),
      (on) => authorize(ctx.actor, "GRANT", { id: on }).allow,
    );
  return {
    also: preconditions(ctx, policy, row, node).map(({ node: on, privilege }) => ({
      privilege,
      on: toRef(on),
    })),
    alone: await effectWith(false),
    together: await effectWith(true),
  };
}
