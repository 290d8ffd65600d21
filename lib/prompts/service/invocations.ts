import "server-only";
import { authorize } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import { longestKeptValue } from "@/lib/gateway/server";
import type { PromptReplay } from "../replay-schema";
import { findPromptCall } from "../store/invocations";
import { requirePrompt } from "./own";
import { findPeople } from "./people";

/**
 * A past call of a prompt, to be asked again: one's own, or anybody's for whoever may manage the prompt.
 * @throws AppError `not_found` in the same words for no such call and for another person's
 */
export async function getInvocation(ctx: Context, name: string, id: string): Promise<PromptReplay> {
  const prompt = await requirePrompt(ctx, name, "EXECUTE");
  const { prisma } = await db();
  const call = await findPromptCall(prisma, prompt.id, id);
  const mayRead =
    call?.userId === ctx.actor.userId || authorize(ctx.actor, "MANAGE", { id: prompt.id }).allow;
  if (!call || !mayRead) {
    throw new AppError(
      "not_found",
      `There is no such call of ${prompt.fullName}, or it is not yours to read.`,
    );
  }
  const { userId, startedAt, ...rest } = call;
  const people = await findPeople(prisma, [userId]);
  return {
    ...rest,
    by: people(userId),
    at: startedAt.toISOString(),
    cut: Object.entries(call.variables ?? {}).flatMap(([variable, value]) =>
      value.length >= longestKeptValue ? [variable] : [],
    ),
  };
}
