import "server-only";
import { newId } from "@/lib/core";
import type { Tx } from "@/lib/db/server";

export async function insertApproval(
  tx: Tx,
  row: { versionId: string; requestedById: string; requestComment: string },
): Promise<string> {
  const { id } = await tx.modelApproval.create({ data: { id: newId("apr"), ...row } });
  return id;
}

interface Decision {
  state: "approved" | "rejected" | "withdrawn";
  decidedById: string;
  decisionComment: string;
  decidedAt: Date;
}

/** Whether the request was still open and is decided now. */
export async function decideApproval(tx: Tx, id: string, decision: Decision): Promise<boolean> {
  const { count } = await tx.modelApproval.updateMany({ where: { id, state: "pending" }, data: decision });
  return count > 0;
}
