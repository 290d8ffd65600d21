import "server-only";
import { now } from "@/lib/core";
import { db } from "@/lib/db/server";
import { checkpointProof } from "./chain";
import { record } from "./record";
import type { AuditOrigin } from "./row";
import { deleteThrough, insertCheckpoint, lastBefore } from "./store";

/** Rows that one transaction removes. */
const batch = 5_000;

/**
 * Removes rows from the beginning of the chain, up to the first that is not older than `before`. Each step leaves a
 * checkpoint that the rest is verified from, and a row that tells of it. Returns how many were removed.
 */
export async function trimChain(origin: AuditOrigin, before: Date, days: number): Promise<number> {
  const database = await db();
  let total = 0;
  for (;;) {
    const removed = await database.write(async (tx) => {
      const last = await lastBefore(tx, before, batch);
      if (!last) return 0;
      const at = now();
      await insertCheckpoint(tx, last, at, checkpointProof(last, at));
      const rows = await deleteThrough(tx, last.seq);
      await record(tx, origin, {
        service: "auditLog",
        action: "removeExpiredEvents",
        params: { rows, throughSeq: Number(last.seq), days },
        status: 200,
      });
      return rows;
    });
    total += removed;
    if (removed < batch) return total;
  }
}
