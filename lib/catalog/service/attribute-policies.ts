import "server-only";
import type { z } from "zod";
import type { PolicyDefinition } from "@/lib/access";
import {
  type AttributePolicyRow,
  authorize,
  changeAttributePolicy,
  currentPolicy,
  findAttributePolicies,
  findAttributePolicy,
  findPrincipals,
  insertAttributePolicy,
  type Policy,
  type PolicyNode,
  pathOf,
  removeAttributePolicy,
} from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError, newId } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import type { AttributePolicy, PolicyList, policyChange, policyCreation } from "../policy-schema";
import { principalNames, toRef } from "../view";
import { audit, requireOn } from "./context";
import { requireFitting } from "./policy-function";

/** More on one object than this is refused. */
const mostOnOne = 100;

/** @throws AppError `unprocessable` where no table can lie */
function requireAbove(node: PolicyNode): void {
  if (node.kind !== "catalog" && node.kind !== "schema" && node.kind !== "table") {
    throw new AppError("unprocessable", "Policies are set on catalogs, schemas and tables.");
  }
}

async function toView(
  rows: readonly AttributePolicyRow[],
  policy: Policy,
  at: PolicyNode,
): Promise<AttributePolicy[]> {
  const { prisma } = await db();
  const people = await principalNames(
    prisma,
    policy,
    rows.flatMap((row) => [...row.toIds, ...row.exceptIds, row.createdById, row.updatedById]),
  );
  return rows.flatMap((row) => {
    const on = policy.node(row.securableId);
    if (!on) return [];
    const { type, when, match, functionId, onColumn, using } = row;
    const applies = policy.node(functionId);
    return [
      {
        id: row.id,
        name: row.name,
        on: toRef(on),
        isInherited: on.id !== at.id,
        to: row.toIds.map(people),
        except: row.exceptIds.map(people),
        definition: { type, when, match, functionId, onColumn, using },
        function: applies ? toRef(applies) : null,
        comment: row.comment,
        createdBy: people(row.createdById),
        createdAt: row.createdAt.toISOString(),
        updatedBy: row.updatedById === null ? null : people(row.updatedById),
        updatedAt: row.updatedAt.toISOString(),
        revision: row.revision,
      },
    ];
  });
}

/**
 * The policies on an object and, after them, those it inherits: for whoever manages it, as they tell of tags
 * and people. @throws AppError `not_found`, `forbidden`
 */
export async function getPolicies(ctx: Context, objectId: string): Promise<PolicyList> {
  const policy = await currentPolicy();
  const node = requireOn(ctx, policy, objectId, "MANAGE");
  requireAbove(node);
  const path = pathOf(node).map(({ id }) => id);
  const rows = await findAttributePolicies((await db()).prisma, path);
  const depth = (row: AttributePolicyRow) => path.indexOf(row.securableId);
  return {
    entries: await toView(
      rows.sort((a, b) => depth(a) - depth(b)),
      policy,
      node,
    ),
  };
}

async function getPolicy(id: string): Promise<AttributePolicy> {
  const policy = await currentPolicy();
  const row = await findAttributePolicy((await db()).prisma, id);
  const node = row && policy.node(row.securableId);
  const [view] = row && node ? await toView([row], policy, node) : [];
  if (!view) throw noPolicy();
  return view;
}

const noPolicy = () => new AppError("not_found", "There is no such policy.");

async function requirePrincipals(tx: Tx, ids: readonly string[]): Promise<void> {
  const found = await findPrincipals(tx, [...ids]);
  if (ids.some((id) => !found.has(id))) {
    throw new AppError("unprocessable", "There is no such user, service principal or group.");
  }
}

function requireFunction(
  ctx: Context,
  policy: Policy,
  { functionId }: Pick<PolicyDefinition, "functionId">,
): PolicyNode {
  const node = policy.node(functionId);
  if (!node || !authorize(ctx.actor, "BROWSE", { id: functionId }).allow) {
    throw new AppError("unprocessable", "There is no such function, or you may not see it.");
  }
  if (node.kind !== "function") throw new AppError("unprocessable", "A policy applies a function.");
  const { allow, why } = authorize(ctx.actor, "EXECUTE", { id: functionId });
  if (!allow) throw new AppError("forbidden", why);
  return node;
}

type Facts = Omit<z.output<typeof policyChange>, "revision">;

async function requireSound(tx: Tx, { to, except, definition }: Facts, before?: AttributePolicyRow) {
  // Whoever is gone by now may stay named: an exception of nobody opens nothing.
  const known = new Set([...(before?.toIds ?? []), ...(before?.exceptIds ?? [])]);
  await requirePrincipals(
    tx,
    [...to, ...except].filter((id) => !known.has(id)),
  );
  await requireFitting(tx, definition);
}

const stored = ({ name, to, except, comment, definition }: Facts) => ({
  name,
  toIds: [...new Set(to)],
  exceptIds: [...new Set(except)],
  comment,
  ...definition,
});

/** What the audit log keeps: everything, as a policy decides what is read. */
const told = (id: string, { definition, ...facts }: Facts) => ({ policyId: id, ...facts, ...definition });

/**
 * Sets a policy on an object, for it and everything in it. The caller manages the object and may call the
 * function. @throws AppError `not_found`, `forbidden`, `conflict`, `unprocessable`
 */
export async function createPolicy(
  ctx: Context,
  objectId: string,
  facts: z.output<typeof policyCreation>,
): Promise<AttributePolicy> {
  const policy = await currentPolicy();
  const node = requireOn(ctx, policy, objectId, "MANAGE");
  requireAbove(node);
  requireFunction(ctx, policy, facts.definition);
  const id = newId("pol");
  await (await db()).write(async (tx) => {
    await requireSound(tx, facts);
    if ((await findAttributePolicies(tx, [objectId])).length >= mostOnOne) {
      throw new AppError("conflict", `An object has ${mostOnOne} policies at most.`);
    }
    await insertAttributePolicy(tx, { id, securableId: objectId, ...stored(facts) }, ctx.actor.userId);
    await audit(tx, ctx, "createPolicy", told(id, facts), toRef(node));
  });
  return getPolicy(id);
}

/** The row of a policy whose object the caller manages. */
async function requirePolicy(ctx: Context, policy: Policy, id: string) {
  const row = await findAttributePolicy((await db()).prisma, id);
  if (!row || !authorize(ctx.actor, "MANAGE", { id: row.securableId }).allow) throw noPolicy();
  return { row, node: requireOn(ctx, policy, row.securableId, "MANAGE") };
}

/** Replaces what a policy says. @throws AppError `not_found`, `forbidden`, `conflict`, `unprocessable` */
export async function updatePolicy(
  ctx: Context,
  id: string,
  { revision, ...facts }: z.output<typeof policyChange>,
): Promise<AttributePolicy> {
  const policy = await currentPolicy();
  const { row, node } = await requirePolicy(ctx, policy, id);
  if (facts.definition.functionId !== row.functionId) requireFunction(ctx, policy, facts.definition);
  await (await db()).write(async (tx) => {
    await requireSound(tx, facts, row);
    await changeAttributePolicy(tx, { ...row, revision }, stored(facts), ctx.actor.userId);
    await audit(tx, ctx, "updatePolicy", told(id, facts), toRef(node));
  });
  return getPolicy(id);
}

/** @throws AppError `not_found` */
export async function deletePolicy(ctx: Context, id: string): Promise<void> {
  const { row, node } = await requirePolicy(ctx, await currentPolicy(), id);
  await (await db()).write(async (tx) => {
    await removeAttributePolicy(tx, row);
    await audit(tx, ctx, "deletePolicy", { policyId: id, name: row.name }, toRef(node));
  });
}
