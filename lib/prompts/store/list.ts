import "server-only";
import type { Tx } from "@/lib/db/server";
import { promptContent } from "../content";

type Reader = Pick<Tx, "prompt" | "promptVersion" | "promptAliasMove" | "securableTag" | "$queryRaw">;

const idsOf = (rows: readonly { id: string }[]) => new Set(rows.map(({ id }) => id));

/** Those of the prompts whose last version holds `text`, written as it is stored. */
export async function findTextMatches(
  reader: Reader,
  ids: readonly string[],
  text: string,
): Promise<Set<string>> {
  return idsOf(
    await reader.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "Prompt" WHERE "id" = ANY(${ids}) AND strpos("searchText", ${text}) > 0`,
  );
}

/** The prompts whose comment holds `text`, in lower case. */
export async function findCommentMatches(reader: Reader, text: string): Promise<Set<string>> {
  return idsOf(
    await reader.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "Securable" WHERE "kind" = 'prompt' AND "droppedAt" IS NULL
        AND "comment" <> '' AND strpos(lower("comment"), ${text}) > 0`,
  );
}

/** The last number of every prompt. One value, as there may be very many. */
export async function findLastNumbers(reader: Reader): Promise<Map<string, number>> {
  const [row] = await reader.$queryRaw<{ numbers: Record<string, number> | null }[]>`
    SELECT json_object_agg("id", "lastNumber") AS "numbers" FROM "Prompt"`;
  return new Map(Object.entries(row?.numbers ?? {}));
}

/** What prompts are searched in, with the number of the version that it is of. */
export function findSearchTexts(reader: Reader, ids: readonly string[]) {
  return reader.prompt.findMany({
    select: { id: true, lastNumber: true, searchText: true },
    where: { id: { in: [...ids] } },
  });
}

/** Ids of what is tagged: by `key`, or by `key:value`. */
export async function findTagged(reader: Reader, tag: string): Promise<Set<string>> {
  const at = tag.indexOf(":");
  const pair = at < 0 ? [] : [{ key: tag.slice(0, at), value: tag.slice(at + 1) }];
  const rows = await reader.securableTag.findMany({
    select: { securableId: true },
    where: { part: "", OR: [{ key: tag }, ...pair], securable: { kind: "prompt" } },
  });
  return new Set(rows.map(({ securableId }) => securableId));
}

/** What a list shows of prompts, by id. */
export async function findListed(reader: Reader, ids: readonly string[]) {
  const rows = await reader.prompt.findMany({
    where: { id: { in: [...ids] } },
    select: {
      id: true,
      type: true,
      lastNumber: true,
      changedAt: true,
      aliases: { select: { alias: true, version: true }, orderBy: { alias: "asc" } },
      rules: { select: { alias: true } },
    },
  });
  return new Map(rows.map((row) => [row.id, row]));
}
export type ListedRow = Awaited<ReturnType<typeof findListed>> extends Map<string, infer R> ? R : never;

/** Who changed prompts last: by a version or by moving an alias. */
export async function findLastChanged(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, string | null>> {
  const rows = await reader.$queryRaw<{ id: string; byId: string | null }[]>`
    SELECT DISTINCT ON (c."id") c."id", c."byId" FROM (
      SELECT p."id", v."createdById" AS "byId", v."createdAt" AS "at"
      FROM "Prompt" p JOIN "PromptVersion" v ON v."promptId" = p."id" AND v."number" = p."lastNumber"
      WHERE p."id" = ANY(${ids})
      UNION ALL
      SELECT i."id", m."byId", m."at"
      FROM unnest(${ids}::text[]) AS i("id"), LATERAL (
        SELECT "byId", "at" FROM "PromptAliasMove" WHERE "promptId" = i."id" ORDER BY "seq" DESC LIMIT 1
      ) m
    ) c ORDER BY c."id", c."at" DESC`;
  return new Map(rows.map(({ id, byId }) => [id, byId]));
}

/** The texts of the last versions. */
export async function findLastContents(
  reader: Reader,
  listed: Iterable<Pick<ListedRow, "id" | "lastNumber">>,
) {
  const rows = await reader.promptVersion.findMany({
    select: { promptId: true, content: true },
    where: { OR: [...listed].map(({ id, lastNumber }) => ({ promptId: id, number: lastNumber })) },
  });
  return new Map(rows.map(({ promptId, content }) => [promptId, promptContent.parse(content)]));
}
