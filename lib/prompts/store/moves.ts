import "server-only";
import { now } from "@/lib/core";
import type { Tx } from "@/lib/db/server";

type Reader = Pick<Tx, "promptMoveRequest">;

const mostListed = 200;
const latest = { requestedAt: "desc" } as const;

interface NewRequest {
  id: string;
  promptId: string;
  alias: string;
  from: number | null;
  to: number;
  why: string;
  requestedById: string;
}

export function insertRequest(tx: Tx, row: NewRequest) {
  return tx.promptMoveRequest.create({ data: row });
}
export type RequestRow = Awaited<ReturnType<typeof insertRequest>>;

export function findRequest(reader: Reader, id: string): Promise<RequestRow | null> {
  return reader.promptMoveRequest.findUnique({ where: { id } });
}

export function findRequests(reader: Reader, ids: readonly string[]): Promise<RequestRow[]> {
  return reader.promptMoveRequest.findMany({ where: { id: { in: [...ids] } } });
}

/** An open request for the same move. */
export function findSameRequest(
  reader: Reader,
  { promptId, alias, to }: { promptId: string; alias: string; to: number },
): Promise<RequestRow | null> {
  return reader.promptMoveRequest.findFirst({ where: { promptId, alias, to, state: "pending" } });
}

export function countOpenRequests(reader: Reader, requestedById: string): Promise<number> {
  return reader.promptMoveRequest.count({ where: { requestedById, state: "pending" } });
}

/** Those of one requester, the latest first. */
export function findRequestsOf(reader: Reader, requestedById: string): Promise<RequestRow[]> {
  return reader.promptMoveRequest.findMany({ where: { requestedById }, orderBy: latest, take: mostListed });
}

/** Every request of others about these prompts that waits, the latest first. */
export function findOpenRequests(
  reader: Reader,
  promptIds: readonly string[],
  userId: string,
): Promise<RequestRow[]> {
  return reader.promptMoveRequest.findMany({
    where: { promptId: { in: [...promptIds] }, state: "pending", requestedById: { not: userId } },
    orderBy: latest,
  });
}

/** Requests of others about these prompts that were decided, the latest first. */
export function findDecidedRequests(
  reader: Reader,
  promptIds: readonly string[],
  userId: string,
): Promise<RequestRow[]> {
  return reader.promptMoveRequest.findMany({
    where: {
      promptId: { in: [...promptIds] },
      state: { in: ["approved", "rejected"] },
      requestedById: { not: userId },
    },
    orderBy: latest,
    take: mostListed,
  });
}

/** The prompts about which something is asked. */
export async function findAskedPrompts(reader: Reader): Promise<string[]> {
  const rows = await reader.promptMoveRequest.findMany({
    select: { promptId: true },
    distinct: ["promptId"],
  });
  return rows.map(({ promptId }) => promptId);
}

/** Decides an open request; says whether it still was. */
export async function decideRequest(
  tx: Tx,
  id: string,
  decision: { state: "approved" | "rejected" | "withdrawn"; byId: string; comment: string },
): Promise<boolean> {
  const { state, byId, comment } = decision;
  const { count } = await tx.promptMoveRequest.updateMany({
    where: { id, state: "pending" },
    data: { state, decidedById: byId, decidedAt: now(), decisionComment: comment },
  });
  return count > 0;
}

/** The requester has looked at the decisions. */
export async function markSeen(tx: Tx, requestedById: string): Promise<void> {
  await tx.promptMoveRequest.updateMany({
    where: { requestedById, seenAt: null, state: { in: ["approved", "rejected"] } },
    data: { seenAt: now() },
  });
}
