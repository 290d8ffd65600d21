import "server-only";
import type { z } from "zod";
import { authorize } from "@/lib/access/server";
import { type Context, requirePrivilege } from "@/lib/auth/server";
import { AppError, now } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import type { approvalDecision, approvalRequest, RegisteredModel } from "../schema";
import { decideApproval, insertApproval } from "../store/approvals";
import { type ModelRow, touchModel } from "../store/models";
import { listActivePeople } from "../store/people";
import { isApproved, whyUnlicensed } from "./fitness";
import { getModel } from "./models";
import { audit, requireModel, versionOf } from "./own";

type Version = ModelRow["versions"][number];

const pendingOf = (version: Version) => version.approvals.find(({ state }) => state === "pending");

/** Asks that a version be approved; whoever may call it may ask. @throws AppError `conflict` */
export async function requestApproval(
  ctx: Context,
  id: string,
  number: number,
  { comment }: z.output<typeof approvalRequest>,
): Promise<RegisteredModel> {
  await (await db()).write(async (tx) => {
    const row = await requireModel(tx, ctx, id, "BROWSE");
    const version = versionOf(row, number);
    requirePrivilege(ctx, "EXECUTE", { kind: "model", name: version.servedAs });
    if (pendingOf(version)) throw new AppError("conflict", `v${number} waits for a decision already.`);
    if (isApproved(version)) throw new AppError("conflict", `v${number} is approved already.`);
    const request = await insertApproval(tx, {
      versionId: version.id,
      requestedById: ctx.actor.userId,
      requestComment: comment,
    });
    await touchModel(tx, id);
    await audit(tx, ctx, "requestApproval", { id, name: row.name, version: number, request, comment });
  });
  return getModel(ctx, id);
}

/** Whether somebody else who can sign in may decide about a model, by whatever right. */
async function hasAnotherDecider(tx: Tx, { actor }: Context, { id }: ModelRow): Promise<boolean> {
  const model = { kind: "registered-model", id } as const;
  return (await listActivePeople(tx)).some(
    (userId) => userId !== actor.userId && authorize({ userId }, "MANAGE", model).allow,
  );
}

/** @throws AppError `forbidden` for one's own request as long as somebody else could decide it. */
async function requireDecider(tx: Tx, ctx: Context, row: ModelRow, requestedById: string): Promise<boolean> {
  const isOwn = requestedById === ctx.actor.userId;
  if (isOwn && (await hasAnotherDecider(tx, ctx, row))) {
    throw new AppError(
      "forbidden",
      "You asked for this approval; somebody else who may manage the model decides it.",
    );
  }
  return isOwn;
}

/**
 * Approves, rejects or withdraws the open request of a version. Only its requester withdraws it, and decides it only
 * where nobody else can. @throws AppError `conflict` or `forbidden`
 */
export async function decide(
  ctx: Context,
  id: string,
  number: number,
  { state, comment }: z.output<typeof approvalDecision>,
): Promise<RegisteredModel> {
  await (await db()).write(async (tx) => {
    const row = await requireModel(tx, ctx, id, state === "withdrawn" ? "BROWSE" : "MANAGE");
    const version = versionOf(row, number);
    const request = pendingOf(version);
    if (!request) throw new AppError("conflict", `No request about v${number} is open.`);
    let isOwn = request.requestedById === ctx.actor.userId;
    if (state === "withdrawn") {
      if (!isOwn) throw new AppError("forbidden", "Only whoever asked can withdraw a request.");
    } else isOwn = await requireDecider(tx, ctx, row, request.requestedById);
    const unlicensed = whyUnlicensed(version);
    if (state === "approved" && unlicensed !== undefined) throw new AppError("conflict", unlicensed);
    const decision = { state, decidedById: ctx.actor.userId, decisionComment: comment, decidedAt: now() };
    if (!(await decideApproval(tx, request.id, decision))) {
      throw new AppError("conflict", `The request about v${number} was decided meanwhile.`);
    }
    await touchModel(tx, id);
    await audit(tx, ctx, "decideApproval", {
      id,
      name: row.name,
      version: number,
      request: request.id,
      state,
      comment,
      ownRequest: isOwn,
    });
  });
  return getModel(ctx, id);
}
