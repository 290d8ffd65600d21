import "server-only";
import { authorize, currentPolicy, fullNameOf, nodeByName } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { now } from "@/lib/core";
import { db } from "@/lib/db/server";
import { notUsed, type PromptInvocation, type PromptUsage, type VersionUsage } from "../schema";
import { searchKey } from "../search-text";
import { sumFetches } from "../store/fetches";
import { findIncluding, findInvocations, type InvocationRow, sumVersions } from "../store/usage";
import { referencesOf } from "../template/references";
import { type KnownPrompt, requirePrompt } from "./own";
import { findPeople } from "./people";

const dayMs = 86_400_000;
const mostListed = 100;

/** How a prompt's versions were called in the last days, and what includes it. Texts of calls are nobody's but their callers' and managers'. */
export async function getUsage(ctx: Context, name: string, { days }: { days: number }): Promise<PromptUsage> {
  const prompt = await requirePrompt(ctx, name, "BROWSE");
  const since = new Date(now().getTime() - days * dayMs);
  const seesAll = authorize(ctx.actor, "MANAGE", { id: prompt.id }).allow;
  const { prisma } = await db();
  const [calls, fetches, rows, includedIn] = await Promise.all([
    sumVersions(prisma, prompt.id, since),
    sumFetches(prisma, prompt.id, since),
    findInvocations(prisma, prompt.id, {
      since,
      userId: seesAll ? undefined : ctx.actor.userId,
      limit: mostListed,
    }),
    including(ctx, prompt),
  ]);
  return {
    days,
    versions: together(calls, fetches),
    includedIn,
    invocations: await shown(ctx, prompt, rows),
  };
}

/** Versions that were called, fetched or both, the newest first. */
function together(
  calls: Awaited<ReturnType<typeof sumVersions>>,
  fetches: Awaited<ReturnType<typeof sumFetches>>,
): VersionUsage[] {
  const called = new Map(calls.map((row) => [row.version, row]));
  return [...new Set([...called.keys(), ...fetches.keys()])]
    .sort((a, b) => b - a)
    .map((version) => ({
      ...notUsed,
      version,
      ...called.get(version),
      ...fetches.get(version),
    }));
}

async function shown(
  ctx: Context,
  { id }: KnownPrompt,
  rows: readonly InvocationRow[],
): Promise<PromptInvocation[]> {
  const people = await findPeople(
    (await db()).prisma,
    rows.map(({ userId }) => userId),
  );
  // What was filled in says nearly as much as the text: it is for whoever may read that.
  const reads = authorize(ctx.actor, "EXECUTE", { id }).allow;
  return rows.map(({ userId, startedAt, variables, ...row }) => ({
    ...row,
    by: people(userId),
    at: startedAt.toISOString(),
    variables: reads ? variables : null,
  }));
}

/** Prompts that the reader may know of whose last version includes this one, by full name. */
async function including(ctx: Context, { id, fullName }: KnownPrompt): Promise<PromptUsage["includedIn"]> {
  const policy = await currentPolicy();
  const rows = await findIncluding((await db()).prisma, searchKey(fullName));
  return rows
    .flatMap(({ promptId, number, content }) => {
      const node = policy.node(promptId);
      if (!node || !authorize(ctx.actor, "BROWSE", { id: promptId }).allow) return [];
      const isIncluded = referencesOf(content).some(
        (reference) => nodeByName(policy, reference.fullName, "prompt")?.id === id,
      );
      return isIncluded ? [{ fullName: fullNameOf(node), version: number }] : [];
    })
    .sort((a, b) => a.fullName.localeCompare(b.fullName, "en"));
}
