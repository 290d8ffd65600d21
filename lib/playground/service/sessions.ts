import "server-only";
import type { Context } from "@/lib/auth/server";
import { newId, now } from "@/lib/core";
import { db } from "@/lib/db/server";
import type {
  PlaygroundSession,
  PlaygroundSummary,
  SessionCreation,
  SessionImport,
  SessionMove,
  SessionUpdate,
} from "../schema";
import {
  type FullRow,
  findFacts,
  findRow,
  insertRow,
  purgeRows,
  type SessionRow,
  setDeleted,
  setFolder,
  updateRow,
} from "../store/sessions";
import { titleOf } from "../title";
import { wordsOf } from "../words";
import { audit, keptSince, own, requireOwn } from "./own";

export type SaveResult =
  | { outcome: "saved"; session: PlaygroundSummary }
  | { outcome: "conflict"; current: PlaygroundSession };

function summary({ id, title, version, createdAt, updatedAt }: SessionRow): PlaygroundSummary {
  return { id, title, version, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

function session(row: FullRow): PlaygroundSession {
  return { ...summary(row), document: row.document };
}

function newRow(ctx: Context, { title: given, folder = "", document }: SessionCreation) {
  const title = given ?? titleOf(document);
  const ownerId = ctx.actor.userId;
  return { id: newId("pg"), ownerId, title, folder, document, ...wordsOf(title, document) };
}

/** @throws AppError `not_found` unless the caller owns it. */
export async function getSession(ctx: Context, id: string): Promise<PlaygroundSession> {
  const { prisma } = await db();
  // Whose it is comes first: only an owner learns how long a document takes to read.
  own(ctx, await findFacts(prisma, id));
  return session(own(ctx, await findRow(prisma, id)));
}

/** Saves a new session of the caller. */
export async function createSession(ctx: Context, input: SessionCreation): Promise<PlaygroundSummary> {
  requireOwn(ctx, "playground", "MANAGE");
  const database = await db();
  const made = newRow(ctx, input);
  return database.write(async (tx) => {
    const row = await insertRow(tx, made);
    await audit(tx, ctx, "createSession", { id: row.id });
    return summary(row);
  });
}

/** Saves all of them as sessions of the caller, or none. */
export async function importSessions(ctx: Context, input: SessionImport): Promise<PlaygroundSummary[]> {
  requireOwn(ctx, "playground", "MANAGE");
  const database = await db();
  const { folder, sessions } = input;
  const made = sessions.map((creation) => newRow(ctx, { ...creation, folder }));
  return database.write(async (tx) => {
    const rows: SessionRow[] = [];
    for (const row of made) rows.push(await insertRow(tx, row));
    await audit(tx, ctx, "importSessions", { sessions: rows.length, first: rows[0]?.id ?? "" });
    return rows.map(summary);
  });
}

/** Saves over the version that the caller saw; another one in between is answered with what is there now. */
export async function saveSession(ctx: Context, id: string, update: SessionUpdate): Promise<SaveResult> {
  const database = await db();
  const { version, ...change } = update;
  return database.write(async (tx) => {
    const { title } = own(ctx, await findFacts(tx, id));
    const document = change.document ?? own(ctx, await findRow(tx, id)).document;
    const words = wordsOf(change.title ?? title, document);
    const row = await updateRow(tx, id, version, { ...change, ...words });
    if (!row) return { outcome: "conflict", current: session(own(ctx, await findRow(tx, id))) };
    await audit(tx, ctx, "saveSession", { id, version: row.version });
    return { outcome: "saved", session: summary(row) };
  });
}

/** Moves a session into a folder, or out of all with "". Not a save: an open tab stays up to date. */
export async function moveSession(ctx: Context, id: string, { folder }: SessionMove): Promise<void> {
  const database = await db();
  await database.write(async (tx) => {
    await setFolder(tx, own(ctx, await findFacts(tx, id)), folder);
    await audit(tx, ctx, "moveSession", { id });
  });
}

/** Deletes; it can be restored for 30 days, then it is gone. */
export async function deleteSession(ctx: Context, id: string): Promise<void> {
  const database = await db();
  await database.write(async (tx) => {
    await setDeleted(tx, own(ctx, await findFacts(tx, id)), now());
    await purgeRows(tx, ctx.actor.userId, keptSince());
    await audit(tx, ctx, "deleteSession", { id });
  });
}

/** Brings a deleted session back. */
export async function restoreSession(ctx: Context, id: string): Promise<PlaygroundSummary> {
  const database = await db();
  return database.write(async (tx) => {
    const row = own(ctx, await findFacts(tx, id), "deleted");
    await setDeleted(tx, row, null);
    await audit(tx, ctx, "restoreSession", { id });
    return summary({ ...row, deletedAt: null });
  });
}
