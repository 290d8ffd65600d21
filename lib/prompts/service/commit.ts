import "server-only";
import { bumpPolicyEpoch } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import { type PromptContent, promptContent } from "../content";
import { searchTextOf } from "../search-text";
import { insertVersion } from "../store/versions";
import { resolveContent } from "./fetch";
import { type Merge, mergeWithLast } from "./merging";
import { audit, type KnownPrompt, requireLocked, requireStill } from "./own";
import { inTurn } from "./turns";

interface Commit {
  content: PromptContent;
  message: string;
  base: number;
  action: "createVersion" | "mergeDraft";
  /** What else belongs to it, in the same transaction, before the version is written. */
  also?: (tx: Tx) => Promise<void>;
}

/** Of other processes that save the same prompt meanwhile. */
const mostTries = 10;

/** @throws AppError `conflict` */
function requireMergeable(
  { fullName }: KnownPrompt,
  { result, hash, lastNumber }: Merge,
  base: number,
): void {
  const { conflicts, theirs } = result;
  if (conflicts.length > 0) {
    const places = conflicts.length === 1 ? "one place" : `${conflicts.length} places`;
    throw new AppError(
      "conflict",
      `v${lastNumber} changed since v${base} what you changed too, in ${places}. Nothing was saved.`,
      { conflict: result },
    );
  }
  if (hash === theirs.hash) {
    throw new AppError("conflict", `v${lastNumber} of ${fullName} says exactly this already.`);
  }
}

/** Joined lists and texts can pass a bound that each side keeps. @throws AppError `unprocessable` */
function requireBounds(merged: PromptContent): PromptContent {
  const parsed = promptContent.safeParse(merged);
  if (parsed.success) return parsed.data;
  throw new AppError("unprocessable", `Merged it does not hold: ${parsed.error.issues[0]?.message}`);
}

/**
 * Adds a version: what was written from `base`, merged with whatever was saved since. Merging is done before the
 * transaction and again when another version came first, so that nobody waits for it.
 * @returns its number
 * @throws AppError `conflict`, with the merge where both changed the same; `unprocessable`
 */
export function commitVersion(ctx: Context, prompt: KnownPrompt, commit: Commit): Promise<number> {
  return inTurn(prompt.id, () => mergeAndInsert(ctx, prompt, commit));
}

async function mergeAndInsert(ctx: Context, prompt: KnownPrompt, commit: Commit): Promise<number> {
  for (let tried = 0; tried < mostTries; tried += 1) {
    const merge = await mergeWithLast(prompt, commit);
    requireMergeable(prompt, merge, commit.base);
    const content = requireBounds(merge.result.merged);
    const number = merge.lastNumber + 1;
    await resolveContent(ctx, content, { fullName: prompt.fullName, version: number });
    if (await insertIfLast(ctx, prompt, commit, { ...merge, content, number })) return number;
  }
  throw new AppError("conflict", `${prompt.fullName} is being changed by many at once. Try again.`);
}

/** False, with nothing written, when another version was saved since the merge. */
async function insertIfLast(
  ctx: Context,
  prompt: KnownPrompt,
  { base, message, action, also }: Commit,
  { content, hash, number }: Merge & { content: PromptContent; number: number },
): Promise<boolean> {
  const { id } = prompt;
  return (await db()).write(async (tx) => {
    const { lastNumber } = await requireLocked(tx, id);
    if (lastNumber !== number - 1) return false;
    requireStill(ctx, id, "MODIFY");
    await also?.(tx);
    await insertVersion(tx, {
      promptId: id,
      number,
      content,
      hash,
      message,
      baseNumber: base,
      createdById: ctx.actor.userId,
      searchText: searchTextOf(content),
    });
    await bumpPolicyEpoch(tx, [{ kind: "securable", id }]);
    await audit(tx, ctx, action, prompt, { version: number, base, message });
    return true;
  });
}
