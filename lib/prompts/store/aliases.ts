import "server-only";
import { now } from "@/lib/core";
import type { Tx } from "@/lib/db/server";

type Reader = Pick<Tx, "promptAlias" | "promptAliasMove">;

const mostMoves = 200;

/** The version that an alias points to; nothing where there is no such alias. */
export async function findAlias(reader: Reader, promptId: string, alias: string): Promise<number | null> {
  const row = await reader.promptAlias.findUnique({ where: { promptId_alias: { promptId, alias } } });
  return row?.version ?? null;
}

/** Moves of a prompt's aliases, newest first. */
export function listMoves(reader: Reader, promptId: string) {
  return reader.promptAliasMove.findMany({
    where: { promptId },
    orderBy: { seq: "desc" },
    take: mostMoves,
  });
}
export type MoveRow = Awaited<ReturnType<typeof listMoves>>[number];

/** The last move of an alias. */
export function findLastMove(reader: Reader, promptId: string, alias: string): Promise<MoveRow | null> {
  return reader.promptAliasMove.findFirst({ where: { promptId, alias }, orderBy: { seq: "desc" } });
}

export interface NewMove {
  promptId: string;
  alias: string;
  from: number | null;
  to: number | null;
  why: string;
  undoes?: bigint;
  requestId?: string;
  byId: string;
}

/** Puts an alias where a move says, keeps the move and notes the change of the prompt. */
export async function moveAliasRow(tx: Tx, move: NewMove): Promise<MoveRow> {
  const { promptId, alias, to } = move;
  const where = { promptId_alias: { promptId, alias } };
  if (to === null) await tx.promptAlias.delete({ where });
  else {
    await tx.promptAlias.upsert({
      where,
      create: { promptId, alias, version: to },
      update: { version: to },
    });
  }
  await tx.prompt.update({ where: { id: promptId }, data: { changedAt: now() } });
  return tx.promptAliasMove.create({ data: move });
}

/** How many aliases a prompt has. */
export function countAliases(tx: Tx, promptId: string): Promise<number> {
  return tx.promptAlias.count({ where: { promptId } });
}
