import "server-only";
import type { Tx } from "@/lib/db/server";

type Reader = Pick<Tx, "modelAlias" | "modelAliasMove">;

const mostMoves = 200;

/** The version that an alias points to; nothing where there is no such alias. */
export async function findAlias(reader: Reader, modelId: string, alias: string): Promise<number | null> {
  const row = await reader.modelAlias.findUnique({ where: { modelId_alias: { modelId, alias } } });
  return row?.version ?? null;
}

/** Moves of a model's aliases, newest first. */
export function listMoves(reader: Reader, modelId: string) {
  return reader.modelAliasMove.findMany({ where: { modelId }, orderBy: { seq: "desc" }, take: mostMoves });
}
export type MoveRow = Awaited<ReturnType<typeof listMoves>>[number];

/** The last move of an alias. */
export function findLastMove(reader: Reader, modelId: string, alias: string): Promise<MoveRow | null> {
  return reader.modelAliasMove.findFirst({ where: { modelId, alias }, orderBy: { seq: "desc" } });
}

interface NewMove {
  modelId: string;
  alias: string;
  from: number | null;
  to: number | null;
  why: string;
  undoes?: bigint;
  byId: string;
}

/** Puts an alias where a move says and keeps the move. */
export async function moveAliasRow(tx: Tx, move: NewMove): Promise<MoveRow> {
  const { modelId, alias, to } = move;
  const where = { modelId_alias: { modelId, alias } };
  if (to === null) await tx.modelAlias.delete({ where });
  else {
    await tx.modelAlias.upsert({
      where,
      create: { modelId, alias, version: to },
      update: { version: to },
    });
  }
  return tx.modelAliasMove.create({ data: move });
}

/** How many aliases a model has. */
export function countAliases(tx: Tx, modelId: string): Promise<number> {
  return tx.modelAlias.count({ where: { modelId } });
}
