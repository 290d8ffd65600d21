import "server-only";
import { single } from "@/lib/core/server";

const last = () => single("prompts.turns", () => new Map<string, Promise<unknown>>());

/** Runs works of one key one after the other: who would only wait for the other's lock, and then start again, does neither. */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const turns = last();
  const before = turns.get(key) ?? Promise.resolve();
  const own = before.then(work, work);
  const settled = own.catch(() => undefined);
  turns.set(key, settled);
  try {
    return await own;
  } finally {
    if (turns.get(key) === settled) turns.delete(key);
  }
}
