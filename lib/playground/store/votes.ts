import "server-only";
import { z } from "zod";
import type { Tx } from "@/lib/db/server";
import { type Contender, contender, nameOf, type Vote, type VoteInput, type VoteOutcome } from "../vote";
import { isId } from "./sessions";

type Reader = Pick<Tx, "playgroundVote">;

interface Row {
  id: string;
  task: string;
  contenders: unknown;
  outcome: string;
  winner: number | null;
  promptHash: string;
  createdAt: Date;
}

const contenders = z.array(contender);

function outcomeOf({ outcome, winner }: Pick<Row, "outcome" | "winner">): VoteOutcome {
  if (winner !== null) return { kind: "best", index: winner };
  return { kind: outcome === "bad" ? "bad" : "tie" };
}

function stored({ id, task, promptHash, createdAt, ...row }: Row): Vote {
  return {
    id,
    task,
    promptHash,
    contenders: contenders.parse(row.contenders),
    outcome: outcomeOf(row),
    createdAt: createdAt.toISOString(),
  };
}

/** In the order of names, so that the same contenders are the same value wherever they stood on the screen. */
function inOrder({ contenders, outcome }: VoteInput): { contenders: Contender[]; winner: number | null } {
  const order = [...contenders.entries()].sort(([, a], [, b]) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const winner = outcome.kind === "best" ? order.findIndex(([index]) => index === outcome.index) : null;
  return { contenders: order.map(([, one]) => one), winner };
}

export async function insertVote(tx: Tx, id: string, ownerId: string, input: VoteInput): Promise<Vote> {
  const { task, outcome, promptHash } = input;
  const row = { id, ownerId, task, outcome: outcome.kind, promptHash, ...inOrder(input) };
  return stored(await tx.playgroundVote.create({ data: row }));
}

/** A person's votes, newest first. */
export async function listVotes(reader: Reader, ownerId: string, limit: number): Promise<Vote[]> {
  const rows = await reader.playgroundVote.findMany({
    where: { ownerId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit,
  });
  return rows.map(stored);
}

/** Whether there was such a vote of this person. */
export async function removeVote(tx: Tx, id: string, ownerId: string): Promise<boolean> {
  if (!isId(id)) return false;
  return (await tx.playgroundVote.deleteMany({ where: { id, ownerId } })).count === 1;
}

/** How many votes were the same. */
export interface VoteCount {
  task: string;
  contenders: Contender[];
  outcome: VoteOutcome;
  count: number;
}

/**
 * Equal votes added up, of all people or of one. Of several votes of a person on the same input and the same
 * contenders the last counts alone: pressing again must not move a model up.
 */
export async function countVotes(
  reader: Pick<Tx, "$queryRaw">,
  ownerId: string | null,
): Promise<VoteCount[]> {
  const rows = await reader.$queryRaw<(Omit<Row, "id"> & { count: number })[]>`
    SELECT "task", "contenders", "outcome", "winner", count(*)::int AS "count"
    FROM (
      SELECT DISTINCT ON ("ownerId", "promptHash", "contenders", "task") "task", "contenders", "outcome", "winner"
      FROM "PlaygroundVote"
      WHERE ${ownerId}::text IS NULL OR "ownerId" = ${ownerId}
      ORDER BY "ownerId", "promptHash", "contenders", "task", "createdAt" DESC, "id" DESC
    ) AS "last"
    GROUP BY "task", "contenders", "outcome", "winner"`;
  return rows.map((row) => ({
    task: row.task,
    contenders: contenders.parse(row.contenders),
    outcome: outcomeOf(row),
    count: row.count,
  }));
}
