import "server-only";
import { metastoreId, nameKey } from "@/lib/access";
import {
  authorize,
  currentPolicy,
  effectiveMask,
  findSecurables,
  findVisible,
  type Policy,
  type PolicyNode,
  subjectOf,
} from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import type { TreeEntry, TreeFilter, TreePage } from "../schema";
import { toRef } from "../view";

const containers: readonly string[] = ["metastore", "catalog", "schema"];
/** More children than this are not counted one by one. */
const mostCounted = 10_000;

function queryFor(ctx: Context, policy: Policy) {
  const { principalId, scope } = subjectOf(ctx.actor);
  return {
    closure: policy.closure(principalId),
    question: "BROWSE" as const,
    scope: {
      privileges: scope?.privileges ?? null,
      securables: scope?.securables ? [...scope.securables] : null,
    },
  };
}

/** Nothing that was granted gives a use of it: it is known by name only. */
function isBrowseOnly(ctx: Context, policy: Policy, node: PolicyNode): boolean {
  const closure = policy.closure(ctx.actor.userId);
  if (authorize(ctx.actor, "MANAGE", { id: node.id }).allow || closure.includes(node.ownerId)) return false;
  const question = node.kind === "catalog" ? "USE CATALOG" : node.kind === "schema" ? "USE SCHEMA" : null;
  if (question) return !authorize(ctx.actor, question, { id: node.id }).allow;
  const uses = ["SELECT", "EXECUTE", "READ VOLUME", "REVIEW", "USE CONNECTION"] as const;
  return (
    effectiveMask(node, closure) === 0 ||
    !uses.some((use) => authorize(ctx.actor, use, { id: node.id }).allow)
  );
}

function readCursor(cursor: string | undefined): { nameKey: string; id: string } | undefined {
  if (cursor === undefined) return undefined;
  const split = cursor.lastIndexOf("~");
  if (split < 0) throw new AppError("invalid", "This is no cursor of ours.");
  return { nameKey: cursor.slice(0, split), id: cursor.slice(split + 1) };
}

/** What lies in a container, or what matches anywhere, as far as the reader may see it; by name. */
export async function findTree(ctx: Context, filter: TreeFilter): Promise<TreePage> {
  const policy = await currentPolicy();
  const { prisma } = await db();
  const parentId = filter.parent ?? (filter.q ? undefined : metastoreId);
  if (
    parentId !== undefined &&
    parentId !== metastoreId &&
    !authorize(ctx.actor, "BROWSE", { id: parentId }).allow
  ) {
    throw new AppError("not_found", "It does not exist, or you may not see it.");
  }
  const common = queryFor(ctx, policy);
  const rows = await findVisible(prisma, {
    ...common,
    parentId,
    kinds: filter.kind ? [filter.kind] : undefined,
    search: filter.q ? nameKey(filter.q) : undefined,
    after: readCursor(filter.cursor),
    limit: filter.limit + 1,
  });
  const shown = rows.slice(0, filter.limit);
  const facts = new Map(
    (
      await findSecurables(
        prisma,
        shown.map(({ id }) => id),
      )
    ).map((row) => [row.id, row]),
  );
  const entries: TreeEntry[] = [];
  for (const { id } of shown) {
    const node = policy.node(id);
    if (!node || node.kind === "metastore") continue;
    const isContainer = containers.includes(node.kind);
    entries.push({
      ...toRef(node),
      comment: facts.get(id)?.comment ?? "",
      isBrowseOnly: isBrowseOnly(ctx, policy, node),
      ...(isContainer ? { children: countVisible(ctx, node) } : {}),
    });
  }
  const last = shown.at(-1);
  const isStart = parentId === metastoreId && filter.parent === undefined && filter.cursor === undefined;
  return {
    entries,
    next: rows.length > filter.limit && last ? `${last.nameKey}~${last.id}` : null,
    ...(isStart ? { browseOnly: countBrowseOnly(ctx, policy) } : {}),
  };
}

function countBrowseOnly(ctx: Context, policy: Policy): number {
  if (authorize(ctx.actor, "MANAGE", { id: metastoreId }).allow) return 0;
  let count = 0;
  let looked = 0;
  for (const node of policy.allNodes()) {
    looked += 1;
    if (looked > mostCounted) break;
    if (node.kind === "metastore" || !authorize(ctx.actor, "BROWSE", { id: node.id }).allow) continue;
    if (isBrowseOnly(ctx, policy, node)) count += 1;
  }
  return count;
}

function countVisible(ctx: Context, node: PolicyNode): number {
  let count = 0;
  let looked = 0;
  for (const child of node.children) {
    looked += 1;
    if (looked > mostCounted) break;
    if (authorize(ctx.actor, "BROWSE", { id: child.id }).allow) count += 1;
  }
  return count;
}
