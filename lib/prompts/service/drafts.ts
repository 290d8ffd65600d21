import "server-only";
import type { z } from "zod";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import type { Draft, draftMerge, draftSave, MergeResult, PromptVersion } from "../schema";
import { type DraftRow, findDraft, removeDraft, saveDraftRow } from "../store/drafts";
import { findStanding } from "../store/prompts";
import { commitVersion } from "./commit";
import { mergeWithLast } from "./merging";
import { audit, type KnownPrompt, noPrompt, requirePrompt, requireStill } from "./own";
import { getVersion } from "./versions";

const toDraft = ({ content, baseNumber, revision, updatedAt }: DraftRow): Draft => ({
  content,
  baseNumber,
  revision,
  updatedAt: updatedAt.toISOString(),
});

/** One's own draft; null where there is none. @throws AppError `not_found`, `forbidden` */
export async function getDraft(ctx: Context, fullName: string): Promise<Draft | null> {
  const { id } = await requirePrompt(ctx, fullName, "MODIFY");
  const row = await findDraft((await db()).prisma, id, ctx.actor.userId);
  return row && toDraft(row);
}

const savedMeanwhile = () =>
  new AppError("conflict", "This draft was saved elsewhere meanwhile. Load it again to see how.");

/** Keeps one's draft; nobody else sees it. @throws AppError `conflict` when another revision was saved meanwhile */
export async function saveDraft(
  ctx: Context,
  fullName: string,
  { content, baseNumber, revision }: z.output<typeof draftSave>,
): Promise<Draft> {
  const prompt = await requirePrompt(ctx, fullName, "MODIFY");
  const { userId } = ctx.actor;
  const saved = await (await db()).write(async (tx) => {
    const row = await findStanding(tx, prompt.id);
    if (!row) throw noPrompt();
    requireStill(ctx, prompt.id, "MODIFY");
    requireBase(row.lastNumber, baseNumber);
    const kept = await saveDraftRow(tx, { promptId: prompt.id, userId, baseNumber, content }, revision);
    if (!kept) throw savedMeanwhile();
    await audit(tx, ctx, "saveDraft", prompt, { base: baseNumber, revision: kept.revision });
    return kept;
  });
  return toDraft(saved);
}

/** @throws AppError `unprocessable` */
function requireBase(lastNumber: number, baseNumber: number): void {
  if (baseNumber >= 1 && baseNumber <= lastNumber) return;
  const message = `There is no version ${baseNumber} to start from.`;
  throw new AppError("unprocessable", message, { details: [{ path: "baseNumber", message }] });
}

/** Throws one's draft away; also when there is none. */
export async function discardDraft(ctx: Context, fullName: string): Promise<void> {
  const prompt = await requirePrompt(ctx, fullName, "MODIFY");
  await (await db()).write(async (tx) => {
    if (await removeDraft(tx, prompt.id, ctx.actor.userId)) await audit(tx, ctx, "discardDraft", prompt);
  });
}

async function requireDraft(ctx: Context, { id, fullName }: KnownPrompt): Promise<DraftRow> {
  const row = await findDraft((await db()).prisma, id, ctx.actor.userId);
  if (row) return row;
  throw new AppError("not_found", `You have no draft of ${fullName}.`);
}

/** What a merge of one's draft would give now. @throws AppError `not_found` without a draft */
export async function previewMerge(ctx: Context, fullName: string): Promise<MergeResult> {
  const prompt = await requirePrompt(ctx, fullName, "MODIFY");
  const { content, baseNumber } = await requireDraft(ctx, prompt);
  return (await mergeWithLast(prompt, { content, base: baseNumber })).result;
}

/** One's draft becomes the next version and is gone as a draft. @throws AppError `conflict`, with the merge where both changed the same */
export async function mergeDraft(
  ctx: Context,
  fullName: string,
  { message, revision }: z.output<typeof draftMerge>,
): Promise<PromptVersion> {
  const prompt = await requirePrompt(ctx, fullName, "MODIFY");
  const draft = await requireDraft(ctx, prompt);
  if (draft.revision !== revision) throw savedMeanwhile();
  const number = await commitVersion(ctx, prompt, {
    content: draft.content,
    message,
    base: draft.baseNumber,
    action: "mergeDraft",
    also: async (tx) => {
      if (!(await removeDraft(tx, prompt.id, ctx.actor.userId, revision))) throw savedMeanwhile();
    },
  });
  return getVersion(ctx, fullName, number);
}
