import "server-only";
import type { z } from "zod";
import { grantablePrivileges, type Privilege } from "@/lib/access";
import {
  applyGrants,
  authorize,
  currentPolicy,
  findGrants,
  findPrincipals,
  type GrantChange,
  inheritsFrom,
  type Policy,
  type PolicyNode,
  type Principal,
  reachesDown,
} from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import type { Effect, GrantEntry, GrantList, grantChanges } from "../schema";
import { principalNames, toRef } from "../view";
import { audit, requireOn, seesAllRights } from "./context";
import { effectOf, type GrantItem } from "./effect";

type Changes = z.output<typeof grantChanges>;
/** As the routes read it; other domains leave out what they do not need. */
type AskedChanges = Omit<Changes, "also"> & Partial<Pick<Changes, "also">>;

/** The object and what it inherits from, itself first. */
function sources(node: PolicyNode): PolicyNode[] {
  const path: PolicyNode[] = [];
  for (let at: PolicyNode | null = node; at; at = inheritsFrom(at)) path.push(at);
  return path;
}

/** Grants on an object and those it inherits; all for whoever may grant, else those that concern the reader. */
export async function getGrants(ctx: Context, id: string): Promise<GrantList> {
  const policy = await currentPolicy();
  const node = requireOn(ctx, policy, id, "BROWSE");
  const isWhole = seesAllRights(ctx, id);
  const own = new Set(policy.closure(ctx.actor.userId));
  const path = new Map(sources(node).map((each) => [each.id, each]));
  const { prisma } = await db();
  const rows = (await findGrants(prisma, { securableIds: [...path.keys()] })).filter(
    ({ principalId }) => isWhole || own.has(principalId),
  );
  const people = await principalNames(
    prisma,
    policy,
    rows.flatMap(({ principalId, grantedById }) => [principalId, grantedById]),
  );
  const entries: GrantEntry[] = rows.flatMap((row) => {
    const at = path.get(row.securableId);
    if (!at || (at !== node && !reachesDown(row.privilege, at.kind, node.kind))) return [];
    return [
      {
        principal: people(row.principalId),
        privilege: row.privilege,
        at: toRef(at),
        isInherited: at !== node,
        grantedBy: people(row.grantedById),
        grantedAt: row.grantedAt.toISOString(),
      },
    ];
  });
  return { entries, isWhole };
}

const list = (words: readonly string[]) => words.join(", ");

/** @throws AppError `unprocessable` naming what cannot be granted there. */
function requireGrantable(node: PolicyNode, change: GrantChange): void {
  const possible = grantablePrivileges(node.kind);
  const wrong = change.add.filter((privilege) => !possible.includes(privilege));
  if (wrong.length === 0) return;
  throw new AppError("unprocessable", `${list(wrong)} cannot be granted on the ${node.kind} ${node.name}.`, {
    details: [{ path: "changes", message: `Possible here: ${list(possible)}.` }],
  });
}

/** Everything that a change of grants needs, checked before anything is written. */
function requireMayGrant(
  ctx: Context,
  policy: Policy,
  id: string,
  changes: readonly GrantChange[],
): PolicyNode {
  const node = requireOn(ctx, policy, id, "GRANT");
  for (const change of changes) {
    requireGrantable(node, change);
    const touched: readonly Privilege[] = [...change.add, ...change.remove];
    if (touched.includes("EXTERNAL USE SCHEMA")) requireOn(ctx, policy, id, "GRANT EXTERNAL USE SCHEMA");
  }
  return node;
}

/** Whom the changes name. @throws AppError `unprocessable` for somebody who is to get something and is gone. */
async function requirePrincipals(tx: Tx, changes: readonly GrantChange[]): Promise<Map<string, Principal>> {
  const found = await findPrincipals(
    tx,
    changes.map(({ principalId }) => principalId),
  );
  const adding = changes.filter(({ add }) => add.length > 0).map(({ principalId }) => principalId);
  const unknown = adding.filter((id) => !found.has(id));
  if (unknown.length === 0) return found;
  throw new AppError("unprocessable", "Somebody chosen does not exist any more.", {
    details: unknown.map((id) => ({ path: "changes", message: `There is no ${id}.` })),
  });
}

/** What is to change on each object, several changes of one object together; all of it checked. */
function itemsOf(ctx: Context, policy: Policy, asked: AskedChanges): GrantItem[] {
  const byObject = new Map<string, GrantChange[]>();
  const all = [
    ...asked.objectIds.map((objectId) => ({ objectId, changes: asked.changes })),
    ...(asked.also ?? []),
  ];
  for (const { objectId, changes } of all) {
    const known = byObject.get(objectId) ?? [];
    byObject.set(objectId, [...known, ...changes.filter((change) => !known.includes(change))]);
  }
  return [...byObject].map(([id, changes]) => ({ node: requireMayGrant(ctx, policy, id, changes), changes }));
}

/** Grants and revokes on one or several objects, all of it or nothing. */
export async function changeGrants(
  ctx: Context,
  asked: AskedChanges,
): Promise<{ added: number; removed: number }> {
  const items = itemsOf(ctx, await currentPolicy(), asked);
  return (await db()).write(async (tx) => {
    const principals = await requirePrincipals(
      tx,
      items.flatMap(({ changes }) => changes),
    );
    const sum = { added: 0, removed: 0 };
    for (const { node, changes } of items) {
      const { added, removed } = await applyGrants(tx, node.id, changes, ctx.actor.userId);
      sum.added += added;
      sum.removed += removed;
      for (const { principalId, add, remove } of changes) {
        const principal = principals.get(principalId)?.handle;
        const params = { id: node.id, securable: toRef(node).fullName, principalId, principal, add, remove };
        await audit(tx, ctx, "updatePermissions", params, toRef(node));
      }
    }
    return sum;
  });
}

/** What a change of grants would do to people, without doing it. */
export async function previewGrants(ctx: Context, asked: AskedChanges): Promise<Effect> {
  const policy = await currentPolicy();
  const mayGrant = (id: string) => authorize(ctx.actor, "GRANT", { id }).allow;
  return effectOf((await db()).prisma, policy, itemsOf(ctx, policy, asked), mayGrant);
}
