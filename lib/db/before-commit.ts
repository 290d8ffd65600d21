import "server-only";
import { single } from "@/lib/core/server";
import type { Tx } from "./database";

type LastWork = () => Promise<void>;

/** By transaction; what a finished one is asked for is refused instead of forgotten. */
const open = () => single("db.beforeCommit", () => new WeakMap<Tx, LastWork[]>());

/** Has `work` run as the last thing of a transaction of `write` or `writeBatched`: for locks that must be held shortly. */
export function beforeCommit(tx: Tx, work: LastWork): void {
  const works = open().get(tx);
  if (!works) throw new Error("There is no open transaction: pass on what write() gave.");
  works.push(work);
}

/** Runs `fn`, then what it left for the end. */
export async function withLastWork<T>(tx: Tx, fn: (tx: Tx) => Promise<T>): Promise<T> {
  const works: LastWork[] = [];
  open().set(tx, works);
  try {
    const result = await fn(tx);
    for (const work of works) await work();
    return result;
  } finally {
    open().delete(tx);
  }
}
