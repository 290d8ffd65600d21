import "server-only";
import { log, single } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { touchKey } from "./store/keys";
import { touchSession } from "./store/sessions";

interface Pending {
  keys: Map<string, Date>;
  sessions: Map<string, Date>;
  timer: NodeJS.Timeout | null;
}

const flushAfterMs = 5_000;

const pending = () =>
  single<Pending>("auth.lastUsed", () => ({ keys: new Map(), sessions: new Map(), timer: null }));

/** Notes a use, to be written with others in a few seconds: requests do not wait for it. */
export function noteUse(kind: "keys" | "sessions", id: string, at: Date): void {
  const state = pending();
  state[kind].set(id, at);
  if (state.timer) return;
  state.timer = setTimeout(() => {
    flushUses().catch((error: unknown) => log.warn("Times of last use were not written", { error }));
  }, flushAfterMs);
  state.timer.unref();
}

/** Writes what was noted. */
export async function flushUses(): Promise<void> {
  const state = pending();
  if (state.timer) clearTimeout(state.timer);
  state.timer = null;
  const keys = [...state.keys];
  const sessions = [...state.sessions];
  state.keys.clear();
  state.sessions.clear();
  if (keys.length + sessions.length === 0) return;
  await (await db()).write(async (tx) => {
    for (const [id, at] of keys) await touchKey(tx, id, at);
    for (const [id, at] of sessions) await touchSession(tx, id, at);
  });
}
