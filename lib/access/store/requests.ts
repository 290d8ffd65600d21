import "server-only";
import { now } from "@/lib/core";
import type { Tx } from "@/lib/db/server";

type Reader = Pick<Tx, "accessRequest">;

export interface NewRequest {
  id: string;
  requesterId: string;
  securableId: string | null;
  securableName: string;
  privileges: string[];
  comment: string;
}

export function insertRequest(tx: Tx, row: NewRequest) {
  return tx.accessRequest.create({ data: row });
}
export type RequestRow = Awaited<ReturnType<typeof insertRequest>>;

export function findRequest(reader: Reader, id: string): Promise<RequestRow | null> {
  return reader.accessRequest.findUnique({ where: { id } });
}

/** Those of one requester, the latest first. */
export function findRequestsOf(reader: Reader, requesterId: string, limit: number): Promise<RequestRow[]> {
  return reader.accessRequest.findMany({
    where: { requesterId },
    orderBy: { createdAt: "desc" },
    take: limit,
  });
}

/** What others ask about these objects, the latest first; open ones before decided ones. */
export async function findRequestsAbout(
  reader: Reader,
  securableIds: readonly string[],
  deciderId: string,
  limit: number,
): Promise<RequestRow[]> {
  const about = { securableId: { in: [...securableIds] }, requesterId: { not: deciderId } };
  const order = { createdAt: "desc" } as const;
  const [open, closed] = await Promise.all([
    reader.accessRequest.findMany({ where: { ...about, state: "pending" }, orderBy: order, take: limit }),
    reader.accessRequest.findMany({
      where: { ...about, state: { in: ["granted", "denied"] } },
      orderBy: order,
      take: limit,
    }),
  ]);
  return [...open, ...closed].slice(0, limit);
}

/** The objects about which something is asked. */
export async function findAskedAbout(reader: Reader): Promise<string[]> {
  const rows = await reader.accessRequest.findMany({
    select: { securableId: true },
    where: { securableId: { not: null } },
    distinct: ["securableId"],
  });
  return rows.flatMap(({ securableId }) => securableId ?? []);
}

export function countPendingOf(reader: Reader, requesterId: string): Promise<number> {
  return reader.accessRequest.count({ where: { requesterId, state: "pending" } });
}

/** Decides an open request; says whether it still was. */
export async function decideRequest(
  tx: Tx,
  id: string,
  decision: { state: "granted" | "denied" | "withdrawn"; byId: string; comment: string },
): Promise<boolean> {
  const { count } = await tx.accessRequest.updateMany({
    where: { id, state: "pending" },
    data: {
      state: decision.state,
      decidedById: decision.byId,
      decidedAt: now(),
      decisionComment: decision.comment,
    },
  });
  return count > 0;
}

/** The requester has looked at the decisions. */
export async function markSeen(tx: Tx, requesterId: string): Promise<void> {
  await tx.accessRequest.updateMany({
    where: { requesterId, seenAt: null, state: { in: ["granted", "denied"] } },
    data: { seenAt: now() },
  });
}
