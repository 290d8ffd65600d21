import "server-only";
import { AppError, isAppError } from "@/lib/core";
import { log } from "@/lib/core/server";
import { isDiskFull, isWriteConflict, type Tx } from "@/lib/db/server";
import { chained, genesis } from "./chain";
import type { AuditRow } from "./row";
import { hasHistory, insertHead, insertRows, lockHead } from "./store";

/** The locked end of the chain; a database that never recorded anything gets one. */
async function takeHead(tx: Tx) {
  const head = await lockHead(tx);
  if (head) return head;
  if (await hasHistory(tx)) {
    throw new Error(
      "The audit log has rows and no head: it was tampered with, or was not started since its migration.",
    );
  }
  await insertHead(tx);
  return genesis;
}

/**
 * Adds rows to the chain as the last thing of a transaction.
 * @throws AppError `unavailable` when they cannot be written, so that what they tell of is not kept either.
 */
export async function appendRows(tx: Tx, rows: readonly AuditRow[]): Promise<void> {
  try {
    const added = chained(rows, await takeHead(tx));
    const last = added.at(-1);
    if (last) await insertRows(tx, added, last);
  } catch (cause) {
    if (isAppError(cause) || isWriteConflict(cause) || isDiskFull(cause)) throw cause;
    log.error("Audit rows could not be written", { error: cause });
    throw new AppError(
      "unavailable",
      "Nothing was changed: the audit log cannot be written. An administrator finds the reason in the server's log.",
      {
        cause,
      },
    );
  }
}
