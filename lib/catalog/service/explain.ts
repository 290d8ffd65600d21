import "server-only";
import type { z } from "zod";
import { metastoreId, type Privilege, questionsOf } from "@/lib/access";
import {
  authorize,
  type Evidence,
  explain,
  findGrants,
  type PolicyNode,
  pathOf,
  pathThrough,
} from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import type { Condition, Explanation, explainQuery } from "../schema";
import { principalNames, toRef } from "../view";
import { type Asked, findAsked } from "./asked";
import { findFixes } from "./fixes";
import { grantersOf, grantQuestions } from "./granters";

/** @throws AppError `unprocessable` for what can never be held on that kind of object. */
function requireQuestion(node: PolicyNode, privilege: Privilege): void {
  const possible = questionsOf(node.kind);
  if (possible.includes(privilege)) return;
  throw new AppError("unprocessable", `${privilege} means nothing on the ${node.kind} ${node.name}.`, {
    details: [{ path: "privilege", message: `Possible here: ${possible.join(", ")}.` }],
  });
}

/** `explain` for the principal; whoever stands for the members of a group is left out of the ways. */
function explainAsked({ policy, node, principal, as }: Asked, privilege: Privilege) {
  return as((subject) => {
    const found = explain(policy, subject, privilege, node);
    if (principal.kind !== "group") return found;
    const conditions = found.conditions.map(({ evidence, ...condition }) => ({
      ...condition,
      ...(evidence
        ? { evidence: { ...evidence, through: evidence.through.filter((id) => id !== subject.principalId) } }
        : {}),
    }));
    return { ...found, conditions };
  });
}

/**
 * Why somebody may or may not do something with an object, as a path. Of oneself one may ask about all one
 * can see; of others, whoever may grant on the object. @throws AppError `not_found`, `forbidden`, `unprocessable`
 */
export async function explainAccess(
  ctx: Context,
  query: z.output<typeof explainQuery>,
): Promise<Explanation> {
  const asked = await findAsked(ctx, query);
  const { policy, node, principal } = asked;
  const { privilege } = query;
  requireQuestion(node, privilege);
  const { prisma } = await db();
  const found = explainAsked(asked, privilege);
  const closure =
    principal.kind === "group" ? policy.groupClosure(principal.id) : policy.closure(principal.id);
  const grants = await findGrants(prisma, { securableIds: pathOf(node).map(({ id }) => id) });
  const granters = grantersOf(policy, node, privilege);
  const fixes = found.allow ? [] : findFixes(asked, found.conditions, privilege);
  const people = await principalNames(prisma, policy, [
    principal.id,
    ...closure,
    ...pathOf(node).map(({ ownerId }) => ownerId),
    ...granters.map(({ id }) => id),
    ...grants.map(({ grantedById }) => grantedById),
    ...found.conditions.flatMap(({ evidence }) => evidence?.through ?? []),
  ]);
  const refOf = (id: string) => toRef(policy.node(id) ?? node);
  const mayGive = (right: string, on: PolicyNode) =>
    grantQuestions(right).every((question) => authorize(ctx.actor, question, { id: on.id }).allow);
  const evidenceOf = (evidence: Evidence): NonNullable<Condition["evidence"]> => {
    const holder = evidence.through.at(-1);
    const row = grants.find(
      (each) =>
        each.securableId === evidence.at && each.principalId === holder && each.privilege === evidence.as,
    );
    return {
      through: evidence.through.map(people),
      at: refOf(evidence.at),
      ...(evidence.as ? { as: evidence.as } : {}),
      ...(row ? { grantedBy: people(row.grantedById), grantedAt: row.grantedAt.toISOString() } : {}),
    };
  };
  return {
    allow: found.allow,
    principal: people(principal.id),
    privilege,
    object: toRef(node),
    path: pathOf(node)
      .filter(({ id }) => id !== metastoreId || node.id === metastoreId)
      .reverse()
      .map((each) => ({ ...toRef(each), owner: people(each.ownerId) })),
    groups: closure
      .filter((id) => id !== principal.id)
      .map((id) => ({ group: people(id), through: pathThrough(policy, principal.id, id).map(people) })),
    isInactive: found.inactive,
    conditions: found.conditions.map(({ evidence, on, ...condition }) => ({
      ...condition,
      on: refOf(on),
      ...(evidence ? { evidence: evidenceOf(evidence) } : {}),
    })),
    owning: found.owning.map(refOf),
    fixes: fixes.map((fix) => ({
      principal: people(fix.principalId),
      grants: fix.grants.map((each) => ({ privilege: each.privilege, on: toRef(each.on) })),
      othersGaining: fix.othersGaining,
      otherObjects: fix.otherObjects,
      mayGrant: fix.grants.every((each) => mayGive(each.privilege, each.on)),
    })),
    granters: granters.map(({ id, because, people: count }) => {
      const ref = people(id);
      return { principal: ref.kind === "group" ? { ...ref, members: count } : ref, because };
    }),
    epoch: String(policy.epoch),
    mayGrant: mayGive(privilege, node),
  };
}
