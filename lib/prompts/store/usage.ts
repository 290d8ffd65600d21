import "server-only";
import type { Tx } from "@/lib/db/server";

type Reader = Pick<Tx, "$queryRaw">;

/** When prompts were last used in a call. */
export async function findLastUsed(reader: Reader, ids: readonly string[]): Promise<Map<string, Date>> {
  const rows = await reader.$queryRaw<{ id: string; at: Date | null }[]>`
    SELECT i."id", (
      SELECT "startedAt" FROM "Invocation" WHERE "promptId" = i."id" ORDER BY "startedAt" DESC LIMIT 1
    ) AS "at" FROM unnest(${ids}::text[]) AS i("id")`;
  return new Map(rows.flatMap(({ id, at }) => (at === null ? [] : [[id, at]])));
}
