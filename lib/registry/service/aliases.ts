import "server-only";
import type { z } from "zod";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import type { AliasMoved, aliasMove, aliasRemoval } from "../alias-schema";
import { aliasName } from "../schema";
import {
  countAliases,
  findAlias,
  findLastMove,
  listMoves,
  type MoveRow,
  moveAliasRow,
} from "../store/aliases";
import { type ModelRow, touchModel } from "../store/models";
import { findPeople } from "../store/people";
import type { Usable } from "../usable";
import { whyNoTarget } from "./fitness";
import { audit, requireModel, versionOf } from "./own";
import { reconcile } from "./reconcile";

const mostAliases = 50;

/** @throws AppError `unprocessable` */
function requireAliasName(text: string): string {
  const parsed = aliasName.safeParse(text);
  if (parsed.success) return parsed.data;
  const message = parsed.error.issues[0]?.message ?? "This is no alias.";
  throw new AppError("unprocessable", message, { details: [{ path: "alias", message }] });
}

const noAlias = (name: string, alias: string) => new AppError("not_found", `${name} has no alias ${alias}.`);

const words = (version: number | null) => (version === null ? "nowhere" : `at v${version}`);

/** @throws AppError `conflict` when an alias is no longer where its mover saw it. */
async function requireStillAt(tx: Tx, row: ModelRow, alias: string, from: number | null): Promise<void> {
  const at = await findAlias(tx, row.id, alias);
  if (at === from) return;
  const last = await findLastMove(tx, row.id, alias);
  const by = last ? (await findPeople(tx, [last.byId]))(last.byId).name : "Somebody";
  throw new AppError(
    "conflict",
    `${by} moved ${alias} meanwhile: it stands ${words(at)}, not ${words(from)}. Nothing was changed.`,
  );
}

/** @throws AppError `conflict` with the reason why nothing may point to this version. */
function requireFit(row: ModelRow, number: number, usable: ReadonlyMap<string, Usable>): void {
  const unfit = whyNoTarget(row, versionOf(row, number), usable);
  if (unfit) throw new AppError("conflict", unfit.why);
}

interface Move {
  alias: string;
  from: number | null;
  to: number | null;
  why: string;
  undoes?: bigint;
}

async function keep(tx: Tx, ctx: Context, row: ModelRow, move: Move): Promise<MoveRow> {
  if (move.from === null && (await countAliases(tx, row.id)) >= mostAliases) {
    throw new AppError("conflict", `${row.name} has ${mostAliases} aliases, and cannot have more.`);
  }
  const kept = await moveAliasRow(tx, { ...move, modelId: row.id, byId: ctx.actor.userId });
  await touchModel(tx, row.id);
  const { undoes, ...params } = move;
  await audit(tx, ctx, undoes === undefined ? "moveAlias" : "undoAliasMove", {
    id: row.id,
    name: row.name,
    ...params,
  });
  return kept;
}

async function shown(row: MoveRow): Promise<AliasMoved> {
  const people = await findPeople((await db()).prisma, [row.byId]);
  return toMoved(row, people, true);
}

function toMoved(row: MoveRow, people: Awaited<ReturnType<typeof findPeople>>, isLast: boolean): AliasMoved {
  const { seq, alias, from, to, why, undoes, byId, at } = row;
  return {
    id: String(seq),
    alias,
    from,
    to,
    why,
    by: people(byId),
    at: at.toISOString(),
    undoes: undoes === null ? null : String(undoes),
    isLast,
  };
}

/** Points an alias to a version; a new alias comes into being. @throws AppError `conflict` */
export async function moveAlias(
  ctx: Context,
  id: string,
  text: string,
  { version, from, why }: z.output<typeof aliasMove>,
): Promise<AliasMoved> {
  const alias = requireAliasName(text);
  const usable = await reconcile();
  const kept = await (await db()).write(async (tx) => {
    const row = await requireModel(tx, ctx, id, "MANAGE");
    versionOf(row, version);
    await requireStillAt(tx, row, alias, from);
    if (from === version) throw new AppError("conflict", `${alias} points to v${version} already.`);
    requireFit(row, version, usable);
    return keep(tx, ctx, row, { alias, from, to: version, why });
  });
  return shown(kept);
}

/** Takes an alias away. @throws AppError `not_found` or `conflict` */
export async function removeAlias(
  ctx: Context,
  id: string,
  text: string,
  { from, why }: z.output<typeof aliasRemoval>,
): Promise<AliasMoved> {
  const alias = requireAliasName(text);
  const kept = await (await db()).write(async (tx) => {
    const row = await requireModel(tx, ctx, id, "MANAGE");
    if ((await findAlias(tx, id, alias)) === null) throw noAlias(row.name, alias);
    await requireStillAt(tx, row, alias, from);
    return keep(tx, ctx, row, { alias, from, to: null, why });
  });
  return shown(kept);
}

/** Puts an alias back to where it stood before its last move. @throws AppError `conflict` when `move` is not the last one */
export async function undoAliasMove(
  ctx: Context,
  id: string,
  text: string,
  move: string,
): Promise<AliasMoved> {
  const alias = requireAliasName(text);
  const usable = await reconcile();
  const kept = await (await db()).write(async (tx) => {
    const row = await requireModel(tx, ctx, id, "MANAGE");
    const last = await findLastMove(tx, id, alias);
    if (!last) throw noAlias(row.name, alias);
    if (String(last.seq) !== move) {
      throw new AppError("conflict", `${alias} was moved again since. Nothing was changed.`);
    }
    if (last.from !== null) requireFit(row, last.from, usable);
    const why = `Undo of ${words(last.from)} → ${words(last.to)}`.replaceAll("at v", "v");
    return keep(tx, ctx, row, { alias, from: last.to, to: last.from, why, undoes: last.seq });
  });
  return shown(kept);
}

/** Every move of a model's aliases, newest first. */
export async function findAliasMoves(ctx: Context, id: string): Promise<AliasMoved[]> {
  const { prisma } = await db();
  await requireModel(prisma, ctx, id, "BROWSE");
  const rows = await listMoves(prisma, id);
  const people = await findPeople(
    prisma,
    rows.map(({ byId }) => byId),
  );
  const seen = new Set<string>();
  return rows.map((row) => {
    const isLast = !seen.has(row.alias);
    seen.add(row.alias);
    return toMoved(row, people, isLast);
  });
}
