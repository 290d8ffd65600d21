import "server-only";
import { authorize } from "@/lib/access/server";
import { type Context, requirePrivilege } from "@/lib/auth/server";
import { AppError, newId } from "@/lib/core";
import { db } from "@/lib/db/server";
import { findModels } from "@/lib/gateway/server";
import { getVersion, requirePrompt } from "@/lib/prompts/server";
import { rankBallots } from "../bradley-terry";
import {
  countVotes,
  insertVote,
  type KeptContender,
  listVotes,
  removeVote,
  type VoteCount,
} from "../store/votes";
import {
  type Contender,
  type Leaderboard,
  type LeaderboardFilter,
  nameOf,
  sideOf,
  type Vote,
  type VoteFilter,
  type VoteInput,
} from "../vote";
import { audit, requireOwn } from "./own";

/** A vote for what is not served here would fill the board with names of anyone's making. */
async function requireServed(ctx: Context, contenders: readonly Contender[]): Promise<void> {
  const served = await findModels(ctx);
  for (const { model, engine } of contenders) {
    requirePrivilege(ctx, "EXECUTE", { kind: "model", name: model });
    const isThere = served.some(
      ({ id, engine: place, inBrowser }) =>
        id === model && (engine === "browser" ? inBrowser : engine === place),
    );
    if (!isThere) {
      throw new AppError("not_found", `The model ${model} does not run there, or you may not use it.`, {
        param: "contenders",
      });
    }
  }
}

/** Versions of prompts are as in the library, and the voter may run them. @throws AppError `not_found`, `forbidden` */
async function withPrompts(ctx: Context, contenders: readonly Contender[]): Promise<KeptContender[]> {
  const kept: KeptContender[] = [];
  for (const { prompt, ...placed } of contenders) {
    if (!prompt) {
      kept.push(placed);
      continue;
    }
    const { id, fullName } = await requirePrompt(ctx, prompt.name, "EXECUTE");
    const { number } = await getVersion(ctx, fullName, prompt.version);
    kept.push({ ...placed, prompt: { id, name: fullName, version: number } });
  }
  // One prompt may have been named in two ways.
  if (new Set(kept.map(sideOf)).size < 2) {
    throw new AppError("unprocessable", "The contenders are one and the same.", { param: "contenders" });
  }
  return kept;
}

/** Counts the caller's vote. @throws AppError `not_found` for a model that is not served, or a version that is not there. */
export async function createVote(ctx: Context, input: VoteInput): Promise<Vote> {
  requireOwn(ctx, "playground", "MANAGE");
  await requireServed(ctx, input.contenders);
  const contenders = await withPrompts(ctx, input.contenders);
  return (await db()).write(async (tx) => {
    const vote = await insertVote(tx, newId("vote"), ctx.actor.userId, { ...input, contenders });
    await audit(tx, ctx, "createVote", { id: vote.id, contenders: vote.contenders.length });
    return vote;
  });
}

/** The caller's own votes, newest first. */
export async function findVotes(ctx: Context, filter: VoteFilter): Promise<Vote[]> {
  requireOwn(ctx, "playground", "BROWSE");
  return listVotes((await db()).prisma, ctx.actor.userId, filter.limit);
}

/** Takes a vote of the caller back. @throws AppError `not_found`, in the same words for another person's. */
export async function deleteVote(ctx: Context, id: string): Promise<void> {
  requireOwn(ctx, "playground", "MANAGE");
  await (await db()).write(async (tx) => {
    if (!(await removeVote(tx, id, ctx.actor.userId))) {
      throw new AppError("not_found", "There is no such vote.");
    }
    await audit(tx, ctx, "deleteVote", { id });
  });
}

const total = (counts: readonly VoteCount[]) => counts.reduce((sum, { count }) => sum + count, 0);

function tasksOf(counts: readonly VoteCount[]): Leaderboard["tasks"] {
  const votes = new Map<string, number>();
  for (const { task, count } of counts) votes.set(task, (votes.get(task) ?? 0) + count);
  return [...votes]
    .map(([task, count]) => ({ task, votes: count }))
    .sort((a, b) => b.votes - a.votes || (a.task < b.task ? -1 : 1));
}

/** Votes on versions of a prompt under one model say nothing of models. */
const comparesModels = (contenders: readonly Contender[]) => new Set(contenders.map(nameOf)).size > 1;

/** How the models stand by the votes of all people or of the caller, for one task or over all. */
export async function getLeaderboard(ctx: Context, { task, whose }: LeaderboardFilter): Promise<Leaderboard> {
  requirePrivilege(ctx, "BROWSE", { kind: "metastore" });
  const { prisma } = await db();
  const all = await countVotes(prisma, whose === "mine" ? { ownerId: ctx.actor.userId } : {});
  const counts = all.filter(
    ({ contenders }) =>
      comparesModels(contenders) &&
      // Votes on what the reader may not know of would tell its name, its task and how it does.
      contenders.every(({ model }) => authorize(ctx.actor, "BROWSE", { kind: "model", name: model }).allow),
  );
  const chosen = task === undefined ? counts : counts.filter((count) => count.task === task);
  const contenders = new Map(
    chosen.flatMap((count) => count.contenders.map(({ prompt: _, ...one }) => [nameOf(one), one])),
  );
  const groups = rankBallots(
    chosen.map(({ contenders, outcome, count }) => ({
      contenders: contenders.map(nameOf),
      winner: outcome.kind === "best" ? outcome.index : null,
      count,
    })),
  );
  const shown = groups.map((group) =>
    group.flatMap(({ player, rank: [best, worst], ...figures }) => {
      const one = contenders.get(player);
      return one ? [{ ...one, ...figures, rank: [best, worst] as [number, number] }] : [];
    }),
  );
  return {
    votes: total(chosen),
    ties: total(chosen.filter(({ outcome }) => outcome.kind === "tie")),
    bad: total(chosen.filter(({ outcome }) => outcome.kind === "bad")),
    tasks: tasksOf(counts),
    groups: shown.filter((group) => group.length > 0),
  };
}
