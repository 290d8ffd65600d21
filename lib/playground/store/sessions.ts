import "server-only";
import type { Tx } from "@/lib/db/server";
import type { PlaygroundDocument, SessionFilter } from "./schema";

type Reader = Pick<Tx, "playgroundSession">;

export interface SessionRow {
  id: string;
  ownerId: string;
  title: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
}

export interface FullRow extends SessionRow {
  /** Validated by the schema before it was written. */
  document: PlaygroundDocument;
}

const facts = {
  id: true,
  ownerId: true,
  title: true,
  version: true,
  createdAt: true,
  updatedAt: true,
  deletedAt: true,
} as const;

/** Newest first; one more than asked for, so that the caller sees whether a page follows. */
export async function listRows(
  reader: Reader,
  ownerId: string,
  filter: SessionFilter,
): Promise<SessionRow[]> {
  const [time, id] = filter.cursor?.split("~") ?? [];
  const at = time ? new Date(time) : undefined;
  return reader.playgroundSession.findMany({
    select: facts,
    where: {
      ownerId,
      deletedAt: null,
      ...(at ? { OR: [{ updatedAt: { lt: at } }, { updatedAt: at, id: { lt: id } }] } : {}),
    },
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    take: filter.limit + 1,
  });
}

export async function findFacts(reader: Reader, id: string): Promise<SessionRow | null> {
  return reader.playgroundSession.findUnique({ select: facts, where: { id } });
}

export async function findRow(reader: Reader, id: string): Promise<FullRow | null> {
  const row = await reader.playgroundSession.findUnique({ where: { id } });
  return row && { ...row, document: row.document as unknown as PlaygroundDocument };
}

export async function insertRow(
  tx: Tx,
  row: { id: string; ownerId: string; title: string; document: PlaygroundDocument },
): Promise<SessionRow> {
  return tx.playgroundSession.create({ select: facts, data: row });
}

/** Writes over `version`; null when another save came first or the session was deleted. */
export async function updateRow(
  tx: Tx,
  id: string,
  version: number,
  change: { title?: string; document?: PlaygroundDocument },
): Promise<SessionRow | null> {
  const { count } = await tx.playgroundSession.updateMany({
    where: { id, version, deletedAt: null },
    data: { ...change, version: version + 1 },
  });
  return count === 1 ? findFacts(tx, id) : null;
}

/** Deletes or restores. The time of the last save stays, so that an undone deletion keeps its place in the list. */
export async function setDeleted(tx: Tx, row: SessionRow, deletedAt: Date | null): Promise<void> {
  await tx.playgroundSession.update({ where: { id: row.id }, data: { deletedAt, updatedAt: row.updatedAt } });
}

/** Removes for good what its owner deleted before `before`. */
export async function purgeRows(tx: Tx, ownerId: string, before: Date): Promise<void> {
  await tx.playgroundSession.deleteMany({ where: { ownerId, deletedAt: { lt: before } } });
}
