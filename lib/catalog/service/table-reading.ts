import "server-only";
import { type Applied, inheritTags, type Reading, resolveReading } from "@/lib/access";
import {
  authorize,
  decide,
  findAttributePolicies,
  findTags,
  type Policy,
  type PolicyNode,
  pathOf,
  type TagRow,
} from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import type { TableReading } from "../policy-schema";
import { columnsOf } from "../table-columns";
import { principalNames, toRef } from "../view";
import { findAsked } from "./asked";
import { rowOf } from "./context";

function tagsOf(rows: readonly TagRow[], securableId: string, part: string): Map<string, string> {
  const own = rows.filter((row) => row.securableId === securableId && row.part === part);
  return new Map(own.map(({ key, value }) => [key, value]));
}

/** What a table's reader has to put between its rows and somebody who is in these groups. */
async function readingOf(
  tx: Tx,
  policy: Policy,
  node: PolicyNode,
  closure: ReadonlySet<string>,
): Promise<Reading & { names: ReadonlyMap<string, string> }> {
  const pathIds = pathOf(node).map(({ id }) => id);
  const [row, tags, rules] = await Promise.all([
    rowOf(tx, node.id),
    findTags(tx, pathIds),
    findAttributePolicies(tx, pathIds),
  ]);
  const columns = columnsOf(row.details);
  // Without them nothing would be masked.
  if (!columns) throw new Error(`The columns of ${node.id} cannot be read`);
  const table = {
    pathIds: new Set(pathIds),
    tags: inheritTags(pathIds.map((id) => tagsOf(tags, id, ""))),
    columns: columns.map(({ name }) => ({ name, tags: tagsOf(tags, node.id, name) })),
  };
  const reading = resolveReading(rules, table, closure, (id) => policy.node(id)?.kind === "function");
  return { ...reading, names: new Map(rules.map(({ id, name }) => [id, name])) };
}

/**
 * What somebody would read of a table: whether at all, through which row filters, with which columns masked.
 * Asked about oneself by whoever can see the table, about others by whoever may grant on it.
 */
export async function explainReading(
  ctx: Context,
  object: string,
  { principal: text }: { principal?: string | undefined },
): Promise<TableReading> {
  const { policy, node, principal, as } = await findAsked(ctx, { principal: text, object });
  if (node.kind !== "table" && node.kind !== "view") {
    throw new AppError("unprocessable", "Only tables and views are read by rows and columns.");
  }
  const { prisma } = await db();
  const { canRead, closure } = as((subject) => ({
    canRead: decide(policy, subject, "SELECT", node),
    closure: new Set(policy.closure(subject.principalId)),
  }));
  const reading = await readingOf(prisma, policy, node, closure);
  const people = await principalNames(prisma, policy, [principal.id]);
  const isManager = authorize(ctx.actor, "MANAGE", { id: node.id }).allow;
  const shown = ({ policyIds, functionId, arguments: given }: Applied) => {
    const applied = policy.node(functionId);
    const isKnown = applied && authorize(ctx.actor, "BROWSE", { id: functionId }).allow;
    return {
      policies: isManager ? policyIds.map((id) => ({ id, name: reading.names.get(id) ?? id })) : [],
      function: isKnown ? toRef(applied) : null,
      arguments: [...given],
    };
  };
  return {
    principal: people(principal.id),
    canRead,
    filters: reading.filters.map(shown),
    masks: [...reading.masks].map(([column, applied]) => ({ column, ...shown(applied) })),
    refusals:
      isManager || reading.refusals.length === 0
        ? [...reading.refusals]
        : ["Its policies contradict each other or lack a function. Whoever manages it can put this right."],
  };
}
