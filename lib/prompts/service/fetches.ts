import "server-only";
import type { Context } from "@/lib/auth/server";
import { now } from "@/lib/core";
import { log, single } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import type { FetchedPrompt } from "../schema";
import { addFetches, type FetchRow } from "../store/fetches";

interface Pending {
  rows: Map<string, FetchRow>;
  timer: NodeJS.Timeout | null;
}

const flushAfterMs = 5_000;
const dayMs = 86_400_000;

const pending = () => single<Pending>("prompts.fetches", () => ({ rows: new Map(), timer: null }));

function add(rows: Pending["rows"], row: FetchRow): void {
  // Each day has its own count, also across midnight.
  const key = `${row.promptId} ${row.version} ${Math.floor(row.lastAt.getTime() / dayMs)}`;
  const known = rows.get(key);
  if (!known) rows.set(key, { ...row });
  else {
    known.count += row.count;
    if (row.lastAt > known.lastAt) known.lastAt = row.lastAt;
  }
}

/**
 * Counts that an application fetched a version, to be written with others in a few seconds: no fetch waits for it.
 * Applications come with a key; what people read on a page of the workbench is no use of a prompt.
 */
export function noteFetch({ actor }: Context, { id, version }: FetchedPrompt): void {
  if (actor.keyId === undefined) return;
  const state = pending();
  add(state.rows, { promptId: id, version, count: 1, lastAt: now() });
  state.timer ??= setTimeout(() => {
    flushFetches().catch((error: unknown) => log.warn("Fetches of prompts were not written", { error }));
  }, flushAfterMs).unref();
}

/** Writes what was counted. What cannot be written is kept for the next time. */
export async function flushFetches(): Promise<void> {
  const state = pending();
  if (state.timer) clearTimeout(state.timer);
  state.timer = null;
  const rows = [...state.rows.values()];
  state.rows = new Map();
  if (rows.length === 0) return;
  try {
    await (await db()).write((tx) => addFetches(tx, rows));
  } catch (error) {
    for (const row of rows) add(state.rows, row);
    throw error;
  }
}
