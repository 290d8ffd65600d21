import "server-only";
import { timingSafeEqual } from "node:crypto";
import { onPolicyChange } from "@/lib/access/server";
import { single } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { keyHash, readKey } from "../key-format";
import { noteUse } from "../last-used";
import { type Actor, type KeyScopes, keyScopes, type PrivilegeName } from "../schema";
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
  single<KeyCache>("auth.keys", () => {
    onPolicyChange(forgetVerifiedKeys);
    return { verified: new Map(), loading: new Map(), generation: 0 };
  });

/** Makes the next use of every key read its row again: after a key, its owner's role or state changed. */
export function forgetVerifiedKeys(): void {
  const state = cache();
  state.generation += 1;
  state.verified.clear();
  state.loading.clear();
}

type Row = NonNullable<Awaited<ReturnType<typeof findKeyWithOwner>>>;

const frozen = ({ privileges, securables }: KeyScopes): Readonly<KeyScopes> =>
  Object.freeze({
    ...(privileges ? { privileges: Object.freeze(privileges) as PrivilegeName[] } : {}),
    ...(securables ? { securables: Object.freeze(securables) as string[] } : {}),
  });

/** Whom a key's row stands for now, or null: revoked, run out, or its owner switched off. */
function actorOfRow(row: Row | null): Actor | null {
  if (!row || row.revokedAt || row.owner.disabledAt) return null;
  if (row.expiresAt && row.expiresAt.getTime() <= Date.now()) return null;
  const scopes = keyScopes.nullable().safeParse(row.scopes);
  // Scopes that are not understood would otherwise widen the key to everything of its owner.
  if (!scopes.success) return null;
  const { id: userId, kind, email, name, role } = row.owner;
  const narrowed = scopes.data ? { scopes: frozen(scopes.data) } : {};
  return Object.freeze({ userId, kind, email, name, role, keyId: row.id, ...narrowed });
}

/** The actor of a key whose secret was verified before, as its row says now. */
export async function presentActorOfKey(id: string): Promise<Actor | null> {
  return actorOfRow(await findKeyWithOwner((await db()).prisma, id));
}

async function load(id: string, hash: Buffer, name: string): Promise<Actor | null> {
  const state = cache();
  const { generation } = state;
  const row = await findKeyWithOwner((await db()).prisma, id);
  if (!row || !timingSafeEqual(row.hash, hash)) return null;
  const actor = actorOfRow(row);
  if (!actor) return null;
  const expiresAt = row.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
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
