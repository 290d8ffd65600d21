import "server-only";
import type { Tx } from "@/lib/db/server";
import { type PlaygroundDocument, playgroundDocument } from "../document";
import { asJson, isId } from "./sessions";

type Reader = Pick<Tx, "playgroundSnapshot">;

export interface SnapshotRow {
  id: string;
  ownerId: string;
  sessionId: string | null;
  title: string;
  createdAt: Date;
  revokedAt: Date | null;
}

const mostListed = 200;

const facts = {
  id: true,
  ownerId: true,
  sessionId: true,
  title: true,
  createdAt: true,
  revokedAt: true,
} as const;

/** A person's snapshots that were not revoked, newest first. */
export async function listSnapshots(
  reader: Reader,
  ownerId: string,
  sessionId: string | undefined,
): Promise<SnapshotRow[]> {
  return reader.playgroundSnapshot.findMany({
    select: facts,
    where: { ownerId, sessionId, revokedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: mostListed,
  });
}

/**
 * A person's snapshots in which a prompt asks: for all columns, for one, or as it was sent when a conversation began.
 * The names are those of the index `PlaygroundSnapshot_prompts_idx`.
 */
export async function listPromptSnapshots(
  reader: Pick<Tx, "$queryRaw">,
  ownerId: string,
  prompt: string,
): Promise<(SnapshotRow & { versions: number[] })[]> {
  return reader.$queryRaw`
    SELECT "id", "ownerId", "sessionId", "title", "createdAt", "revokedAt", ARRAY(
      SELECT DISTINCT ("used"->>'version')::int AS "version"
      FROM (
        SELECT jsonb_path_query("document", '$.prompt')
        UNION ALL SELECT jsonb_path_query("document", '$.columns[*].prompt')
        UNION ALL SELECT jsonb_path_query("document", '$.turns[*].asked.*.prompt')
      ) AS "all"("used")
      WHERE "used"->>'name' = ${prompt}
      ORDER BY "version" DESC
    ) AS "versions"
    FROM "PlaygroundSnapshot"
    WHERE "ownerId" = ${ownerId} AND "revokedAt" IS NULL AND (
      jsonb_path_query_array("document", '$.prompt.name')
      || jsonb_path_query_array("document", '$.columns[*].prompt.name')
      || jsonb_path_query_array("document", '$.turns[*].asked.*.prompt.name')
    ) @> jsonb_build_array(${prompt}::text)
    ORDER BY "createdAt" DESC, "id" DESC
    LIMIT ${mostListed}`;
}

export async function findSnapshotFacts(reader: Reader, id: string): Promise<SnapshotRow | null> {
  if (!isId(id)) return null;
  return reader.playgroundSnapshot.findUnique({ select: facts, where: { id } });
}

/** What a snapshot shows and the name of who shared it; null when it was revoked meanwhile. */
export async function findSnapshotContent(
  reader: Reader,
  id: string,
): Promise<{ document: PlaygroundDocument; sharedBy: string } | null> {
  const row = await reader.playgroundSnapshot.findUnique({
    select: { document: true, revokedAt: true, owner: { select: { name: true } } },
    where: { id },
  });
  if (!row || row.revokedAt) return null;
  return { document: playgroundDocument.parse(row.document), sharedBy: row.owner.name };
}

export async function insertSnapshot(
  tx: Tx,
  row: { id: string; ownerId: string; sessionId: string | null; title: string; document: PlaygroundDocument },
): Promise<SnapshotRow> {
  return tx.playgroundSnapshot.create({ select: facts, data: { ...row, document: asJson(row.document) } });
}

/** Ends a snapshot and drops what it held. */
export async function emptySnapshot(tx: Tx, id: string, revokedAt: Date): Promise<void> {
  await tx.playgroundSnapshot.update({ where: { id }, data: { revokedAt, title: "", document: {} } });
}
