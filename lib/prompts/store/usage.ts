import "server-only";
import { z } from "zod";
import type { Tx } from "@/lib/db/server";
import { promptContent } from "../content";
import { promptInvocation, type VersionUsage } from "../schema";

type Reader = Pick<Tx, "$queryRaw" | "invocation">;

type Calls = Omit<VersionUsage, "fetches" | "fetchedAt">;
type SumRow = Omit<Calls, "latencyMs" | "lastAt"> & {
  p50: number | null;
  p95: number | null;
  lastAt: Date;
};

/** When prompts were last used in a call, or fetched by an application. */
export async function findLastUsed(reader: Reader, ids: readonly string[]): Promise<Map<string, Date>> {
  const rows = await reader.$queryRaw<{ id: string; at: Date | null }[]>`
    SELECT "id", greatest("fetchedAt", (
      SELECT "startedAt" FROM "Invocation" WHERE "promptId" = "Prompt"."id" ORDER BY "startedAt" DESC LIMIT 1
    )) AS "at" FROM "Prompt" WHERE "id" = ANY(${ids}::text[])`;
  return new Map(rows.flatMap(({ id, at }) => (at === null ? [] : [[id, at]])));
}

/** Calls of each version since a time, the newest version first. */
export async function sumVersions(reader: Reader, promptId: string, since: Date): Promise<Calls[]> {
  const rows = await reader.$queryRaw<SumRow[]>`
    SELECT "promptVersion" AS "version", count(*)::int AS "calls",
      count(*) FILTER (WHERE "outcome" = 'error')::int AS "failed",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY "durationMs") FILTER (WHERE "outcome" = 'ok') AS "p50",
      percentile_cont(0.95) WITHIN GROUP (ORDER BY "durationMs") FILTER (WHERE "outcome" = 'ok') AS "p95",
      sum("inputTokens")::float8 AS "inputTokens", sum("outputTokens")::float8 AS "outputTokens",
      sum("cost") AS "cost", max("startedAt") AS "lastAt"
    FROM "Invocation"
    WHERE "promptId" = ${promptId} AND "startedAt" >= ${since} AND "promptVersion" IS NOT NULL
    GROUP BY 1 ORDER BY 1 DESC`;
  return rows.map(({ p50, p95, lastAt, ...row }) => ({
    ...row,
    latencyMs: { p50, p95 },
    lastAt: new Date(lastAt).toISOString(),
  }));
}

const variables = z.record(z.string(), z.string());
const { outcome } = promptInvocation.shape;

/** Calls since a time, newest first; of one person, or of everybody. */
export async function findInvocations(
  reader: Reader,
  promptId: string,
  { since, userId, limit }: { since: Date; userId: string | undefined; limit: number },
) {
  const rows = await reader.invocation.findMany({
    where: {
      promptId,
      promptVersion: { not: null },
      startedAt: { gte: since },
      ...(userId ? { userId } : {}),
    },
    orderBy: { startedAt: "desc" },
    take: limit,
  });
  return rows.map((row) => ({
    id: row.id,
    version: row.promptVersion ?? 0,
    alias: row.promptAlias,
    model: row.calledAs ?? row.model,
    userId: row.userId,
    startedAt: row.startedAt,
    outcome: outcome.parse(row.outcome),
    durationMs: row.durationMs,
    outputTokens: row.outputTokens,
    cost: row.cost,
    variables: variables.nullable().parse(row.promptVariables),
  }));
}
export type InvocationRow = Awaited<ReturnType<typeof findInvocations>>[number];

/** Last versions whose texts hold a name, written as texts are searched. */
export async function findIncluding(reader: Reader, name: string) {
  const rows = await reader.$queryRaw<{ promptId: string; number: number; content: unknown }[]>`
    SELECT v."promptId", v."number", v."content"
    FROM "Prompt" p JOIN "PromptVersion" v ON v."promptId" = p."id" AND v."number" = p."lastNumber"
    WHERE strpos(p."searchText", ${name}) > 0`;
  return rows.map((row) => ({ ...row, content: promptContent.parse(row.content) }));
}
