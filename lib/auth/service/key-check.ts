import "server-only";
import { timingSafeEqual } from "node:crypto";
import { single } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { keyHash, readKey } from "../key-format";
import { noteUse } from "../last-used";
import type { Actor } from "../schema";
import { findKeyWithOwner } from "../store/keys";

interface Verified {
  actor: Actor;
  expiresAt: number;
  /** When the row was read, on the monotonic clock. */
  readAt: number;
  notedAt: number;
}

interface KeyCache {
  /** By the HMAC of the whole key. */
  verified: Map<string, Verified>;
  loading: Map<string, Promise<Actor | null>>;
  /** Raised by every forgetting, so that a row read before it is not remembered after it. */
  generation: number;
}

const maxAgeMs = 1_000;
const maxEntries = 10_000;
const noteEveryMs = 5_000;

const cache = () =>
  single<KeyCache>("auth.keys", () => ({ verified: new Map(), loading: new Map(), generation: 0 }));

/** Makes the next use of every key read its row again: after a key, its owner's role or state changed. */
export function forgetVerifiedKeys(): void {
  const state = cache();
  state.generation += 1;
  state.verified.clear();
  state.loading.clear();
}

async function load(id: string, hash: Buffer, name: string): Promise<Actor | null> {
  const state = cache();
  const { generation } = state;
  const row = await findKeyWithOwner((await db()).prisma, id);
  if (!row || row.revokedAt || row.owner.disabledAt || !timingSafeEqual(row.hash, hash)) return null;
  const { id: userId, email, name: ownerName, role } = row.owner;
  const actor: Actor = Object.freeze({ userId, email, name: ownerName, role, keyId: id });
  const expiresAt = row.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
  if (expiresAt <= Date.now()) return null;
  if (generation === state.generation) {
    const oldest = state.verified.keys().next();
    if (state.verified.size >= maxEntries && !oldest.done) state.verified.delete(oldest.value);
    const notedAt = state.verified.get(name)?.notedAt ?? Number.NEGATIVE_INFINITY;
    state.verified.set(name, { actor, expiresAt, readAt: performance.now(), notedAt });
  }
  return actor;
}

function note(entry: Verified | undefined, id: string): void {
  const at = performance.now();
  if (entry && at - entry.notedAt < noteEveryMs) return;
  if (entry) entry.notedAt = at;
  noteUse("keys", id, new Date());
}

/**
 * The owner of a key as its actor, or null. A verified key is remembered for a second at most; what this
 * process changes is seen by the next request, what another process changes within that second.
 */
export async function actorOfKey(key: string): Promise<Actor | null> {
  const read = readKey(key);
  if ("wrong" in read) return null;
  const hash = keyHash(key);
  const name = hash.toString("base64");
  const state = cache();
  const entry = state.verified.get(name);
  if (entry && performance.now() - entry.readAt < maxAgeMs) {
    if (entry.expiresAt <= Date.now()) return null;
    note(entry, read.id);
    return entry.actor;
  }
  let loading = state.loading.get(name);
  if (!loading) {
    loading = load(read.id, hash, name).finally(() => {
      if (state.loading.get(name) === loading) state.loading.delete(name);
    });
    state.loading.set(name, loading);
  }
  const actor = await loading;
  if (actor) note(state.verified.get(name), read.id);
  return actor;
}
