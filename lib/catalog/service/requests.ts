import "server-only";
import type { z } from "zod";
import { grantablePrivileges } from "@/lib/access";
import {
  applyGrants,
  authorize,
  countPendingOf,
  currentPolicy,
  decideRequest,
  findAskedAbout,
  findRequest,
  findRequestsAbout,
  findRequestsOf,
  insertRequest,
  lockPolicy,
  markSeen,
  nodeByName,
  type Policy,
  type PolicyNode,
  type RequestRow,
} from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError, newId } from "@/lib/core";
import { db } from "@/lib/db/server";
import type { AccessRequest, RequestLists, requestCreation, requestDecision } from "../request-schema";
import { principalNames, toRef } from "../view";
import { audit } from "./context";
import { grantsOf, noRequest, requireDecider, requireMayGive, requireRequests } from "./decision";

const mostOpen = 50;
const mostListed = 200;

const registered = "main.default.";

/** The object a request is about, by its full name or by the name calls use. */
function askedNode(
  policy: Policy,
  { name, kind }: { name: string; kind: z.output<typeof requestCreation>["kind"] },
): PolicyNode | null {
  const node = nodeByName(policy, name, kind);
  if (node || kind !== "model") return node;
  // A model that was moved keeps the name by which it is called, and is asked for by the place it had.
  const called = name.startsWith(registered) ? name.slice(registered.length) : name;
  return policy.calledNode(called) ?? null;
}

const states = ["pending", "granted", "denied", "withdrawn"] as const;

async function shown(ctx: Context, policy: Policy, rows: readonly RequestRow[]): Promise<AccessRequest[]> {
  const people = await principalNames(
    (await db()).prisma,
    policy,
    rows.flatMap(({ requesterId, decidedById }) => [requesterId, decidedById]),
  );
  return rows.map((row) => {
    const node = row.securableId === null ? undefined : policy.node(row.securableId);
    const isVisible = node && authorize(ctx.actor, "BROWSE", { id: node.id }).allow;
    return {
      id: row.id,
      name: row.securableName,
      object: isVisible ? toRef(node) : null,
      requester: people(row.requesterId),
      privileges: row.privileges,
      comment: row.comment,
      createdAt: row.createdAt.toISOString(),
      state: states.find((state) => state === row.state) ?? "withdrawn",
      decidedBy: row.decidedById === null ? null : people(row.decidedById),
      decidedAt: row.decidedAt?.toISOString() ?? null,
      decision: row.decisionComment,
      isNew:
        row.requesterId === ctx.actor.userId &&
        row.seenAt === null &&
        ["granted", "denied"].includes(row.state),
    };
  });
}

/**
 * Asks whoever may grant for rights on an object. The answer is the same whether it exists or not.
 * @throws AppError `unprocessable` for privileges that kind does not have, `rate_limited` for too many open ones
 */
export async function createRequest(
  ctx: Context,
  { name, kind, privileges, comment }: z.output<typeof requestCreation>,
): Promise<AccessRequest> {
  requireRequests(ctx);
  const policy = await currentPolicy();
  const possible = grantablePrivileges(kind);
  const wrong = privileges.filter((privilege) => !possible.includes(privilege));
  if (wrong.length > 0) {
    throw new AppError("unprocessable", `${wrong.join(", ")} cannot be granted on a ${kind}.`, {
      details: [{ path: "privileges", message: `Possible: ${possible.join(", ")}.` }],
    });
  }
  const node = askedNode(policy, { name, kind });
  const row = await (await db()).write(async (tx) => {
    if ((await countPendingOf(tx, ctx.actor.userId)) >= mostOpen) {
      throw new AppError("rate_limited", `${mostOpen} of your requests are open. Withdraw one first.`);
    }
    const made = await insertRequest(tx, {
      id: newId("req"),
      requesterId: ctx.actor.userId,
      securableId: node?.id ?? null,
      securableName: name,
      privileges: [...new Set(privileges)],
      comment,
    });
    // Named as it was asked for: the requester reads this row and must not learn from it what exists.
    const params = { requestId: made.id, name, kind, privileges, comment };
    await audit(tx, ctx, "requestAccess", params, { kind, fullName: name });
    return made;
  });
  const [made] = await shown(ctx, policy, [row]);
  if (!made) throw new Error("A request is not shown");
  return made;
}

/** Requests to decide and one's own. Decisions count as seen from the next look on. */
export async function findRequests(ctx: Context): Promise<RequestLists> {
  requireRequests(ctx);
  const policy = await currentPolicy();
  const { prisma } = await db();
  const mine = (await findAskedAbout(prisma)).filter((id) => authorize(ctx.actor, "GRANT", { id }).allow);
  const [inbox, own] = await Promise.all([
    findRequestsAbout(prisma, mine, ctx.actor.userId, mostListed),
    findRequestsOf(prisma, ctx.actor.userId, mostListed),
  ]);
  const lists = { inbox: await shown(ctx, policy, inbox), own: await shown(ctx, policy, own) };
  const waiting =
    lists.inbox.filter(({ state }) => state === "pending").length +
    lists.own.filter(({ isNew }) => isNew).length;
  return { ...lists, waiting };
}

/** Marks the decisions on one's own requests as looked at. */
export async function seeDecisions(ctx: Context): Promise<void> {
  requireRequests(ctx);
  await (await db()).write((tx) => markSeen(tx, ctx.actor.userId));
}

/** Grants or denies a request; both stand in the audit and are shown to the requester. @throws AppError `conflict` when it was decided meanwhile */
export async function decideAccess(
  ctx: Context,
  id: string,
  { decision, comment, withPreconditions }: z.output<typeof requestDecision>,
): Promise<RequestLists> {
  requireRequests(ctx);
  const policy = await currentPolicy();
  const { row: found, node } = await requireDecider(ctx, policy, id);
  if (decision === "grant") requireMayGive(ctx, policy, found, node);
  const grants = grantsOf(ctx, policy, found, node, withPreconditions);
  await (await db()).write(async (tx) => {
    await lockPolicy(tx);
    const state = decision === "grant" ? "granted" : "denied";
    if (!(await decideRequest(tx, id, { state, byId: ctx.actor.userId, comment }))) {
      throw new AppError("conflict", "This request was decided or withdrawn meanwhile.");
    }
    if (state === "granted") {
      for (const { node: on, privilege } of grants) {
        const change = { principalId: found.requesterId, add: [privilege], remove: [] };
        await applyGrants(tx, on.id, [change], ctx.actor.userId);
        const { principalId, add } = change;
        const params = { id: on.id, securable: toRef(on).fullName, principalId, add, requestId: id };
        await audit(tx, ctx, "updatePermissions", params, toRef(on));
      }
    }
    const { requesterId, privileges } = found;
    const params = { requestId: id, securable: toRef(node).fullName, requesterId, privileges, comment };
    await audit(tx, ctx, state === "granted" ? "grantRequest" : "denyRequest", params, toRef(node));
  });
  return findRequests(ctx);
}

/** Takes back one's own open request. */
export async function withdrawRequest(ctx: Context, id: string): Promise<RequestLists> {
  requireRequests(ctx);
  const found = await findRequest((await db()).prisma, id);
  if (found?.requesterId !== ctx.actor.userId) throw noRequest();
  await (await db()).write(async (tx) => {
    if (!(await decideRequest(tx, id, { state: "withdrawn", byId: ctx.actor.userId, comment: "" }))) {
      throw new AppError("conflict", "This request was decided already.");
    }
    await audit(tx, ctx, "withdrawRequest", { requestId: id, name: found.securableName });
  });
  return findRequests(ctx);
}
