import "server-only";
import type { Tx } from "@/lib/db/server";

/** How often a version was fetched on a day. */
export interface FetchRow {
  promptId: string;
  version: number;
  count: number;
  lastAt: Date;
}

/** Adds counts to those of their days (UTC). Those of prompts that are gone count no more. */
export async function addFetches(tx: Pick<Tx, "$executeRaw">, rows: readonly FetchRow[]): Promise<void> {
  const ids = rows.map(({ promptId }) => promptId);
  const times = rows.map(({ lastAt }) => lastAt.toISOString());
  await tx.$executeRaw`
    INSERT INTO "PromptFetches" ("promptId", "version", "day", "count", "lastAt")
    SELECT p."id", n."version", (n."at" AT TIME ZONE 'UTC')::date, n."count", n."at"
    FROM unnest(
      ${ids}::text[], ${rows.map(({ version }) => version)}::int[], ${rows.map(({ count }) => count)}::int[],
      ${times}::timestamptz[]
    ) AS n("promptId", "version", "count", "at")
    JOIN "Prompt" p ON p."id" = n."promptId"
    ON CONFLICT ("promptId", "version", "day") DO UPDATE SET
      "count" = "PromptFetches"."count" + EXCLUDED."count",
      "lastAt" = greatest("PromptFetches"."lastAt", EXCLUDED."lastAt")`;
  await tx.$executeRaw`
    UPDATE "Prompt" p SET "fetchedAt" = greatest(p."fetchedAt", n."at")
    FROM (
      SELECT "promptId", max("at") AS "at"
      FROM unnest(${ids}::text[], ${times}::timestamptz[]) AS f("promptId", "at") GROUP BY 1
    ) n WHERE p."id" = n."promptId"`;
}

/** Fetches of each version since a day. */
export async function sumFetches(
  reader: Pick<Tx, "promptFetches">,
  promptId: string,
  since: Date,
): Promise<Map<number, { fetches: number; fetchedAt: string }>> {
  const rows = await reader.promptFetches.groupBy({
    by: ["version"],
    where: { promptId, lastAt: { gte: since } },
    _sum: { count: true },
    _max: { lastAt: true },
  });
  return new Map(
    rows.flatMap(({ version, _sum, _max }) =>
      _sum.count === null || _max.lastAt === null
        ? []
        : [[version, { fetches: _sum.count, fetchedAt: _max.lastAt.toISOString() }]],
    ),
  );
}
