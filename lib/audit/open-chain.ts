import "server-only";
import { AppError } from "@/lib/core";
import { log } from "@/lib/core/server";
import { db, type Tx } from "@/lib/db/server";
import { genesis, type Link, macOf } from "./chain";
import { chainRows, hasHistory, insertHead, lastLink, lockHead, lockOpening, unchainedRows } from "./store";

/** Rows from before the chain that one transaction takes in. */
const batch = 1_000;

async function openOrChain(tx: Tx): Promise<{ chained: number; open: boolean }> {
  await lockOpening(tx);
  if (await lockHead(tx)) return { chained: 0, open: true };
  const rows = await unchainedRows(tx, batch);
  if (rows.length === 0) {
    if (await hasHistory(tx)) {
      throw new AppError(
        "unavailable",
        "The audit log has rows and no head, so nothing could be added to it. Restore a backup; tessera audit verify says more.",
      );
    }
    await insertHead(tx);
    return { chained: 0, open: true };
  }
  let link = (await lastLink(tx)) ?? genesis;
  const links: Link[] = rows.map((row) => {
    link = { seq: row.seq, mac: macOf(row, row.seq, link.mac) };
    return link;
  });
  await chainRows(tx, links);
  // With the last batch, or a stop between the two would look like a head that was removed.
  const open = rows.length < batch || (await unchainedRows(tx, 1)).length === 0;
  if (open) await insertHead(tx, link);
  return { chained: rows.length, open };
}

/**
 * Readies the chain: a new database gets its head, and rows from before the chain are chained, in batches.
 * The secret key is established. @throws AppError `unavailable` when the head was removed.
 */
export async function openChain(): Promise<void> {
  const database = await db();
  let total = 0;
  for (let open = false; !open; ) {
    const step = await database.write(openOrChain);
    total += step.chained;
    open = step.open;
  }
  if (total > 0) log.info("Audit rows from before the chain were chained", { rows: total });
}
