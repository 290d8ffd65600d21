import "server-only";
import type { Tx } from "@/lib/db/server";
import { type PlaygroundDocument, playgroundDocument } from "../document";
import type { FolderCount } from "../schema";
import type { SessionWords } from "../words";

type Reader = Pick<Tx, "playgroundSession" | "$queryRaw">;

export interface SessionRow {
  id: string;
  ownerId: string;
  title: string;
  folder: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
}

export interface FullRow extends SessionRow {
  document: PlaygroundDocument;
}

const facts = {
  id: true,
  ownerId: true,
  title: true,
  folder: true,
  version: true,
  createdAt: true,
  updatedAt: true,
  deletedAt: true,
} as const;

export interface Listing {
  ownerId: string;
  /** Deleted ones since then; null for live ones. */
  deletedSince: Date | null;
  folder?: string;
  /** The last row of the page before. */
  after?: { at: Date; id: string };
  limit: number;
}

/** Newest first, deleted ones by the time of their deletion. */
export async function listRows(reader: Reader, listing: Listing): Promise<SessionRow[]> {
  const { ownerId, deletedSince, folder, after, limit } = listing;
  const time = deletedSince ? "deletedAt" : "updatedAt";
  return reader.playgroundSession.findMany({
    select: facts,
    where: {
      ownerId,
      folder,
      deletedAt: deletedSince && { gte: deletedSince },
      ...(after ? { OR: [{ [time]: { lt: after.at } }, { [time]: after.at, id: { lt: after.id } }] } : {}),
    },
    orderBy: [{ [time]: "desc" }, { id: "desc" }],
    take: limit,
  });
}

export interface Sought {
  /** See `Search`. */
  query: string;
  phrases: string[];
  without: string[];
  /** Regular expression for what the snippet shows; "" for its beginning. */
  shown: string;
  /** Characters of a snippet, and of it before what was found. */
  snippet: { length: number; lead: number };
}

export interface FoundRow extends SessionRow {
  /** Cut from the searchable text, which has `length` characters, at `start`, counted from 1. */
  piece: string;
  start: number;
  length: number;
}

/** As `listRows`, of what matches. All that was typed is bound as values; none of it becomes SQL. */
export async function searchRows(reader: Reader, listing: Listing, sought: Sought): Promise<FoundRow[]> {
  const { ownerId, deletedSince, folder = null, limit } = listing;
  const { query, phrases, without, shown, snippet } = sought;
  const live = deletedSince === null;
  const afterAt = listing.after?.at ?? null;
  const afterId = listing.after?.id ?? null;
  return reader.$queryRaw<FoundRow[]>`
    WITH "page" AS (
      SELECT *, CASE WHEN ${live} THEN "updatedAt" ELSE "deletedAt" END AS "at"
      FROM "PlaygroundSession"
      WHERE "ownerId" = ${ownerId}
        AND CASE WHEN ${live} THEN "deletedAt" IS NULL ELSE "deletedAt" >= ${deletedSince}::timestamptz END
        AND (${folder}::text IS NULL OR "folder" = ${folder})
        AND (${query}::text = '' OR "search" @@ to_tsquery('simple', ${query}))
        AND coalesce("terms", '') ~ ALL (${phrases}::text[])
        AND NOT coalesce("terms", '') ~ ANY (${without}::text[])
        AND (${afterId}::text IS NULL
          OR (CASE WHEN ${live} THEN "updatedAt" ELSE "deletedAt" END, "id") < (${afterAt}::timestamptz, ${afterId}))
      ORDER BY "at" DESC, "id" DESC
      LIMIT ${limit}
    ), "placed" AS (
      SELECT *, greatest(1, regexp_instr(coalesce("terms", ''), ${shown}) - ${snippet.lead}::int) AS "start"
      FROM "page"
    )
    SELECT "id", "ownerId", "title", "folder", "version", "createdAt", "updatedAt", "deletedAt",
      substr(coalesce("words", ''), "start", ${snippet.length}::int) AS "piece",
      "start",
      char_length(coalesce("words", '')) AS "length"
    FROM "placed"
    ORDER BY "at" DESC, "id" DESC`;
}

/** The folders of a person's live sessions by name, "" for those in none. */
export async function countByFolder(reader: Reader, ownerId: string): Promise<FolderCount[]> {
  const groups = await reader.playgroundSession.groupBy({
    by: ["folder"],
    where: { ownerId, deletedAt: null },
    orderBy: { folder: "asc" },
    _count: { _all: true },
  });
  return groups.map(({ folder, _count }) => ({ folder, sessions: _count._all }));
}

/** What no row can be called is not asked of the database, which refuses NUL. */
export const isId = (id: string) => /^\w{1,60}$/.test(id);

export async function findFacts(reader: Reader, id: string): Promise<SessionRow | null> {
  if (!isId(id)) return null;
  return reader.playgroundSession.findUnique({ select: facts, where: { id } });
}

/** With its document, brought to the present shape when an older release wrote it. */
export async function findRow(reader: Reader, id: string): Promise<FullRow | null> {
  if (!isId(id)) return null;
  const row = await reader.playgroundSession.findUnique({
    select: { ...facts, document: true },
    where: { id },
  });
  return row && { ...row, document: playgroundDocument.parse(row.document) };
}

/** Rows that an earlier release wrote without searchable words; `document` is null when it cannot be read. */
export async function findWordless(
  reader: Reader,
  ownerId: string,
): Promise<(SessionRow & { document: PlaygroundDocument | null })[]> {
  const rows = await reader.playgroundSession.findMany({
    select: { ...facts, document: true },
    where: { ownerId, terms: null },
    take: 20,
  });
  return rows.map((row) => ({ ...row, document: playgroundDocument.safeParse(row.document).data ?? null }));
}

/** Gives a row its words unless a save was quicker. */
export async function fillWords(tx: Tx, { id, updatedAt }: SessionRow, words: SessionWords): Promise<void> {
  await tx.playgroundSession.updateMany({ where: { id, terms: null }, data: { ...words, updatedAt } });
}

/** It was read by its schema, in which JSON Schemas of answers are of unknown shape. */
export const asJson = (document: PlaygroundDocument): object => document;

interface NewRow extends SessionWords {
  id: string;
  ownerId: string;
  title: string;
  folder: string;
  document: PlaygroundDocument;
}

export async function insertRow(tx: Tx, row: NewRow): Promise<SessionRow> {
  return tx.playgroundSession.create({ select: facts, data: { ...row, document: asJson(row.document) } });
}

/** Writes over `version`; null when another save came first or the session was deleted. */
export async function updateRow(
  tx: Tx,
  id: string,
  version: number,
  { document, ...change }: SessionWords & { title?: string; document?: PlaygroundDocument },
): Promise<SessionRow | null> {
  const { count } = await tx.playgroundSession.updateMany({
    where: { id, version, deletedAt: null },
    data: { ...change, ...(document ? { document: asJson(document) } : {}), version: version + 1 },
  });
  return count === 1 ? findFacts(tx, id) : null;
}

// Below, the time of the last save stays: what is moved or restored keeps its place in the list.

/** Deletes or restores. */
export async function setDeleted(tx: Tx, row: SessionRow, deletedAt: Date | null): Promise<void> {
  await tx.playgroundSession.update({ where: { id: row.id }, data: { deletedAt, updatedAt: row.updatedAt } });
}

export async function setFolder(tx: Tx, row: SessionRow, folder: string): Promise<void> {
  await tx.playgroundSession.update({ where: { id: row.id }, data: { folder, updatedAt: row.updatedAt } });
}

/** Moves all of a folder, deleted ones too, and says how many. */
export async function moveFolder(tx: Tx, ownerId: string, from: string, to: string): Promise<number> {
  return tx.$executeRaw`
    UPDATE "PlaygroundSession" SET "folder" = ${to} WHERE "ownerId" = ${ownerId} AND "folder" = ${from}`;
}

/** Removes for good what its owner deleted before `before`. */
export async function purgeRows(tx: Tx, ownerId: string, before: Date): Promise<void> {
  await tx.playgroundSession.deleteMany({ where: { ownerId, deletedAt: { lt: before } } });
}
