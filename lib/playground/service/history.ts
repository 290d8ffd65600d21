import "server-only";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import type { FolderCount, FolderRename, PlaygroundEntry, SessionFilter, SessionPage } from "../schema";
import { markMatches, parseSearch, type Search, snippetLead, snippetLength, tidySnippet } from "../search";
import {
  countByFolder,
  type FoundRow,
  fillWords,
  findWordless,
  type Listing,
  listRows,
  moveFolder,
  type SessionRow,
  searchRows,
} from "../store/sessions";
import { plainText, wordsOf, wordsOfTitle } from "../words";
import { audit, keptSince, requireOwn } from "./own";

function entry(row: SessionRow): PlaygroundEntry {
  const { id, title, folder, version } = row;
  return {
    id,
    title,
    folder,
    version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}

/** Without a snippet when the title alone, which ends the searchable text, has what was looked for. */
function foundEntry(row: FoundRow, search: Search): PlaygroundEntry {
  const untilTitle = row.length - [...plainText(row.title)].length - (row.start - 1);
  const body = [...row.piece].slice(0, Math.max(0, untilTitle));
  const text = tidySnippet(body.join("").trimEnd(), row.start === 1, untilTitle <= snippetLength);
  const snippet = markMatches(text, search);
  return snippet.some(({ mark }) => mark) ? { ...entry(row), snippet } : entry(row);
}

/** Makes what an earlier release saved searchable, for its owner's first search. */
async function completeWords(ctx: Context): Promise<void> {
  const database = await db();
  for (;;) {
    const rows = await findWordless(database.prisma, ctx.actor.userId);
    if (rows.length === 0) return;
    const made = rows.map((row) => ({
      row,
      words: row.document ? wordsOf(row.title, row.document) : wordsOfTitle(row.title),
    }));
    await database.write(async (tx) => {
      for (const { row, words } of made) await fillWords(tx, row, words);
    });
  }
}

async function searchEntries(ctx: Context, listing: Listing, q: string): Promise<PlaygroundEntry[]> {
  await completeWords(ctx);
  const search = parseSearch(q);
  const sought = { ...search, snippet: { length: snippetLength, lead: snippetLead } };
  const rows = await searchRows((await db()).prisma, listing, sought);
  return rows.map((row) => foundEntry(row, search));
}

/** The caller's own saved sessions, newest first. */
export async function findSessions(ctx: Context, filter: SessionFilter): Promise<SessionPage> {
  requireOwn(ctx, "playground", "BROWSE");
  const { q = "", folder, state = "live", cursor, limit } = filter;
  const [time = "", id = ""] = cursor?.split("~") ?? [];
  const listing: Listing = {
    ownerId: ctx.actor.userId,
    deletedSince: state === "deleted" ? keptSince() : null,
    folder,
    ...(cursor === undefined ? {} : { after: { at: new Date(time), id } }),
    // One more than asked for shows whether a page follows.
    limit: limit + 1,
  };
  const found =
    q.trim() === ""
      ? (await listRows((await db()).prisma, listing)).map(entry)
      : await searchEntries(ctx, listing, q);
  const sessions = found.slice(0, limit);
  const last = sessions.at(-1);
  const next = found.length > limit && last ? `${last.deletedAt ?? last.updatedAt}~${last.id}` : null;
  return { sessions, next };
}

/** The caller's folders with how many live sessions each has. */
export async function findFolders(ctx: Context): Promise<FolderCount[]> {
  requireOwn(ctx, "playground", "BROWSE");
  return countByFolder((await db()).prisma, ctx.actor.userId);
}

/** Gives a folder of the caller another name, that of another folder to join it, or "" to dissolve it. */
export async function renameFolder(ctx: Context, { from, to }: FolderRename): Promise<FolderCount[]> {
  requireOwn(ctx, "playground", "MANAGE");
  const database = await db();
  return database.write(async (tx) => {
    const sessions = await moveFolder(tx, ctx.actor.userId, from, to);
    await audit(tx, ctx, "renameFolder", { sessions });
    return countByFolder(tx, ctx.actor.userId);
  });
}
