import "server-only";
import { z } from "zod";
import type { Tx } from "@/lib/db/server";
import { type Contender, contender, sideOf, type Vote, type VoteInput, type VoteOutcome } from "../vote";
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

/** A version of a prompt is kept by the prompt's id too: its name may change, and another may bear it later. */
const keptContender = contender.extend({
  prompt: z.object({ id: z.string(), name: z.string(), version: z.number() }).optional(),
});
export type KeptContender = z.infer<typeof keptContender>;
const contenders = z.array(keptContender);

/** A vote whose prompts are known by their ids. */
export type KeptVoteInput = Omit<VoteInput, "contenders"> & { contenders: KeptContender[] };

function shown({ prompt, ...placed }: KeptContender): Contender {
  return prompt ? { ...placed, prompt: { name: prompt.name, version: prompt.version } } : placed;
}

function outcomeOf({ outcome, winner }: Pick<Row, "outcome" | "winner">): VoteOutcome {
  if (winner !== null) return { kind: "best", index: winner };
  return { kind: outcome === "bad" ? "bad" : "tie" };
}

function stored({ id, task, promptHash, createdAt, ...row }: Row): Vote {
  return {
    id,
    task,
    promptHash,
    contenders: contenders.parse(row.contenders).map(shown),
    outcome: outcomeOf(row),
    createdAt: createdAt.toISOString(),
  };
}

/** In the order of sides, so that the same contenders are the same value wherever they stood on the screen. */
function inOrder({ contenders, outcome }: KeptVoteInput): {
  contenders: KeptContender[];
  winner: number | null;
} {
  const order = [...contenders.entries()].sort(([, a], [, b]) => (sideOf(a) < sideOf(b) ? -1 : 1));
  const winner = outcome.kind === "best" ? order.findIndex(([index]) => index === outcome.index) : null;
  return { contenders: order.map(([, one]) => one), winner };
}

export async function insertVote(tx: Tx, id: string, ownerId: string, input: KeptVoteInput): Promise<Vote> {
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
  contenders: KeptContender[];
  outcome: VoteOutcome;
  count: number;
}

/** Whose votes are counted, and on what; absent is all of them. */
interface CountedVotes {
  ownerId?: string | null;
  /** A prompt of whose versions at least one took part. */
  promptId?: string | null;
}

/**
 * Equal votes added up. Of several votes of a person on the same input and the same
 * contenders the last counts alone: pressing again must not move a model up.
 */
export async function countVotes(
  reader: Pick<Tx, "$queryRaw">,
  { ownerId = null, promptId = null }: CountedVotes,
): Promise<VoteCount[]> {
  const rows = await reader.$queryRaw<(Omit<Row, "id"> & { count: number })[]>`
    SELECT "task", "contenders", "outcome", "winner", count(*)::int AS "count"
    FROM (
      SELECT DISTINCT ON ("ownerId", "promptHash", "contenders", "task") "task", "contenders", "outcome", "winner"
      FROM "PlaygroundVote"
      WHERE (${ownerId}::text IS NULL OR "ownerId" = ${ownerId}) AND (
        ${promptId}::text IS NULL
        OR "contenders" @> jsonb_build_array(jsonb_build_object('prompt', jsonb_build_object('id', ${promptId}::text)))
      )
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
