import "server-only";
import type { z } from "zod";
import { authorize, currentPolicy, fullNameOf } from "@/lib/access/server";
import { type Context, requirePrivilege } from "@/lib/auth/server";
import { AppError, newId } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import {
  type aliasMove,
  type MoveRequest,
  type MoveRequestLists,
  type moveDecision,
  moveStates,
} from "../move-schema";
import {
  countOpenRequests,
  decideRequest,
  findAskedPrompts,
  findDecidedRequests,
  findOpenRequests,
  findRequest,
  findRequestsOf,
  findSameRequest,
  insertRequest,
  markSeen,
  type RequestRow,
} from "../store/moves";
import { findRulesOf } from "../store/rules";
import { keepMove, requireAliasName, requireStillAt, requireVersion } from "./keep-move";
import { audit, requireLocked, requirePrompt } from "./own";
import { findPeople } from "./people";
import { type MoveRight, rightOn } from "./rights";
import { findSummaries } from "./summaries";

const mostOpen = 50;

const noRequest = () =>
  new AppError("not_found", "There is no such request, or it is not for you to decide.");

/** Asks whoever may decide to move an alias. @throws AppError `forbidden`, `conflict`, or `rate_limited` for too many open ones */
export async function requestMove(
  ctx: Context,
  name: string,
  text: string,
  { version, from, why }: z.output<typeof aliasMove>,
): Promise<MoveRequest> {
  const known = await requirePrompt(ctx, name, "BROWSE");
  const alias = requireAliasName(text);
  const row = await (await db()).write(async (tx) => {
    const { lastNumber, rules } = await requireLocked(tx, known.id);
    const prompt = { ...known, lastNumber };
    const right = rightOn(ctx, known.id, rules.find((rule) => rule.alias === alias) ?? null);
    if (right.move) throw new AppError("conflict", `You may move ${alias} yourself.`);
    if (!right.request) {
      throw new AppError("forbidden", `You need MODIFY on the prompt ${known.fullName} to ask for a move.`);
    }
    requireVersion(prompt, version);
    await requireStillAt(tx, prompt, alias, from);
    if (from === version) throw new AppError("conflict", `${alias} points to v${version} already.`);
    await requireRoom(tx, ctx, { promptId: known.id, alias, to: version });
    const made = await insertRequest(tx, {
      id: newId("mov"),
      promptId: known.id,
      alias,
      from,
      to: version,
      why,
      requestedById: ctx.actor.userId,
    });
    await audit(tx, ctx, "requestMove", known, { request: made.id, alias, from, to: version, why });
    return made;
  });
  const [made] = await shown(ctx, [row]);
  if (!made) throw new Error("A request is not shown");
  return made;
}

/** @throws AppError `conflict` for what is asked already, `rate_limited` for too many open requests */
async function requireRoom(tx: Tx, ctx: Context, move: Parameters<typeof findSameRequest>[1]): Promise<void> {
  const same = await findSameRequest(tx, move);
  if (same) {
    const { name } = (await findPeople(tx, [same.requestedById]))(same.requestedById);
    throw new AppError("conflict", `${name} has asked to move ${move.alias} to v${move.to} already.`);
  }
  if ((await countOpenRequests(tx, ctx.actor.userId)) >= mostOpen) {
    throw new AppError("rate_limited", `${mostOpen} of your requests are open. Withdraw one first.`);
  }
}

/** Requests of all prompts together are not for a key that was narrowed to some. @throws AppError `forbidden` */
function requireAll(ctx: Context): void {
  requirePrivilege(ctx, "BROWSE", { kind: "metastore" });
}

/** Requests to move aliases: those to decide and one's own. @throws AppError `forbidden` */
export async function findMoveRequests(ctx: Context): Promise<MoveRequestLists> {
  requireAll(ctx);
  return listsOf(ctx);
}

async function listsOf(ctx: Context): Promise<MoveRequestLists> {
  const { prisma } = await db();
  const { userId } = ctx.actor;
  const visible = (await findAskedPrompts(prisma)).filter(
    (id) => authorize(ctx.actor, "BROWSE", { id }).allow,
  );
  const [open, decided, mine] = await Promise.all([
    findOpenRequests(prisma, visible, userId),
    findDecidedRequests(prisma, visible, userId),
    findRequestsOf(prisma, userId),
  ]);
  const rights = await rightsFor(ctx, [...open, ...decided]);
  const inbox = await shown(
    ctx,
    [...open, ...decided].filter((row) => rights(row).decide),
  );
  const own = await shown(ctx, mine);
  const waiting = inbox.filter(({ may }) => may.decide).length + own.filter(({ isNew }) => isNew).length;
  return { inbox, own, waiting };
}

/** Marks the decisions on one's own requests as looked at. @throws AppError `forbidden` */
export async function seeMoveDecisions(ctx: Context): Promise<void> {
  requireAll(ctx);
  await (await db()).write((tx) => markSeen(tx, ctx.actor.userId));
}

/**
 * Approves, rejects or withdraws an open request: one's own is only withdrawn, and others' decided by whoever the rule
 * names or may manage the prompt. @throws AppError `not_found`, `forbidden`, or `conflict` when the alias or the request changed meanwhile
 */
export async function decideMove(
  ctx: Context,
  id: string,
  { decision, comment }: z.output<typeof moveDecision>,
): Promise<MoveRequestLists> {
  const policy = await currentPolicy();
  const found = await findRequest((await db()).prisma, id);
  const isOwn = found?.requestedById === ctx.actor.userId;
  const node = found && policy.node(found.promptId);
  if (!found || !node || !authorize(ctx.actor, "BROWSE", { id: node.id }).allow) throw noRequest();
  if (decision === "withdraw" && !isOwn) throw noRequest();
  const known = { id: node.id, fullName: fullNameOf(node) };
  await (await db()).write(async (tx) => {
    const { lastNumber, rules } = await requireLocked(tx, known.id);
    const right = rightOn(ctx, known.id, rules.find(({ alias }) => alias === found.alias) ?? null);
    if (decision !== "withdraw") requireDecider(right, isOwn);
    const state = outcomes[decision];
    if (!(await decideRequest(tx, id, { state, byId: ctx.actor.userId, comment }))) {
      throw new AppError("conflict", "This request was decided or withdrawn meanwhile.");
    }
    const { alias, from, to, requestedById } = found;
    const params = { request: id, alias, from, to, requestedById, comment };
    await audit(tx, ctx, `${decision}Move`, known, params);
    if (decision !== "approve") return;
    const prompt = { ...known, lastNumber };
    await requireStillAt(tx, prompt, alias, from);
    await keepMove(tx, ctx, prompt, { alias, from, to, why: found.why, requestId: id });
  });
  return listsOf(ctx);
}

const outcomes = { approve: "approved", reject: "rejected", withdraw: "withdrawn" } as const;

function requireDecider(right: MoveRight, isOwn: boolean): void {
  if (isOwn && right.decide) {
    throw new AppError("forbidden", "You asked for this move; somebody else decides it.");
  }
  if (!right.decide || isOwn) throw noRequest();
}

/** The reader's rights on the alias of each request. */
async function rightsFor(ctx: Context, rows: readonly RequestRow[]): Promise<(row: RequestRow) => MoveRight> {
  const rules = await findRulesOf((await db()).prisma, [...new Set(rows.map(({ promptId }) => promptId))]);
  return ({ promptId, alias }) =>
    rightOn(ctx, promptId, rules.find((rule) => rule.promptId === promptId && rule.alias === alias) ?? null);
}

/** Those about prompts that the reader may still know of. */
async function shown(ctx: Context, rows: readonly RequestRow[]): Promise<MoveRequest[]> {
  const policy = await currentPolicy();
  const { prisma } = await db();
  const visible = rows.filter(({ promptId }) => authorize(ctx.actor, "BROWSE", { id: promptId }).allow);
  const [rights, people, summaries] = await Promise.all([
    rightsFor(ctx, visible),
    findPeople(
      prisma,
      visible.flatMap(({ requestedById, decidedById }) => [requestedById, decidedById]),
    ),
    findSummaries(visible.map(({ promptId, to }) => ({ promptId, number: to }))),
  ]);
  return visible.flatMap((row) => {
    const node = policy.node(row.promptId);
    if (!node) return [];
    const isOwn = row.requestedById === ctx.actor.userId;
    const isOpen = row.state === "pending";
    return {
      id: row.id,
      prompt: { id: node.id, fullName: fullNameOf(node) },
      alias: row.alias,
      from: row.from,
      to: row.to,
      version: summaries(row.promptId, row.to),
      why: row.why,
      requestedBy: people(row.requestedById),
      requestedAt: row.requestedAt.toISOString(),
      state: moveStates.find((state) => state === row.state) ?? "withdrawn",
      decidedBy: row.decidedById === null ? null : people(row.decidedById),
      decidedAt: row.decidedAt?.toISOString() ?? null,
      decision: row.decisionComment,
      may: { decide: isOpen && !isOwn && rights(row).decide, withdraw: isOpen && isOwn },
      isNew: isOwn && row.seenAt === null && ["approved", "rejected"].includes(row.state),
    };
  });
}
