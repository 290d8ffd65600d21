import "server-only";
import { single } from "@/lib/core/server";
import { beforeCommit, type Tx } from "@/lib/db/server";
import { appendRows } from "./append";
import { type AuditedAction, type AuditOrigin, type AuditRow, rowOf } from "./row";

const waiting = () => single("audit.waiting", () => new WeakMap<Tx, AuditRow[]>());

/**
 * Writes one audit row in the caller's transaction, so that an action and its row are kept or dropped together.
 * Rows go in as the last thing before the commit: the end of the chain is locked no longer than that.
 * Secrets among the parameters are replaced by name and by form.
 */
export async function record(tx: Tx, origin: AuditOrigin, done: AuditedAction): Promise<void> {
  const row = rowOf(origin, done);
  const rows = waiting().get(tx);
  if (rows) {
    rows.push(row);
    return;
  }
  const first = [row];
  beforeCommit(tx, () => appendRows(tx, first));
  waiting().set(tx, first);
}
