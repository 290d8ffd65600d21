import "server-only";
import { single } from "@/lib/core/server";
import { type Database, db, onCommitted } from "@/lib/db/server";
import { awaitedEpoch, settling } from "./awaited";
import { Policy } from "./policy";
import { findChanges, type RightsChange, readPolicyEpoch } from "./store/epoch";
import {
  loadPolicy,
  reloadGrants,
  reloadGroups,
  reloadNames,
  reloadPrincipals,
  reloadSecurables,
} from "./store/load";

interface Current {
  policy: Policy | null;
  /** What it was loaded from; a restored or a test's next database is another one. */
  database: Database | null;
  running: Promise<void> | null;
  next: Promise<void> | null;
  listeners: Set<() => void>;
}

const current = () =>
  single<Current>("access.current", () => {
    // Whoever goes on after a change of rights decides by it.
    onCommitted("access", followOwnChanges);
    return { policy: null, database: null, running: null, next: null, listeners: new Set() };
  });

async function followOwnChanges(): Promise<void> {
  const { policy } = current();
  if (policy && awaitedEpoch() > policy.epoch) await currentPolicy();
}

/** More changes than this at once are read as a whole. */
const mostChanges = 2_000;

const reloads: Record<RightsChange["kind"], typeof reloadGrants> = {
  principal: reloadPrincipals,
  group: reloadGroups,
  securable: reloadSecurables,
  grants: reloadGrants,
  names: reloadNames,
};

async function loadWhole(state: Current, database: Database): Promise<void> {
  const policy = new Policy();
  // Before the rows: what is changed in between is read again later, never missed.
  policy.epoch = await readPolicyEpoch(database.prisma);
  await loadPolicy(database.prisma, policy);
  Object.assign(state, { policy, database });
}

async function catchUp(state: Current, database: Database): Promise<void> {
  const { policy } = state;
  if (!policy || state.database !== database) return loadWhole(state, database);
  const settle = settling();
  const epoch = await readPolicyEpoch(database.prisma);
  if (epoch === policy.epoch) return settle(epoch);
  const changes =
    epoch > policy.epoch ? await findChanges(database.prisma, policy.epoch, epoch, mostChanges) : null;
  if (!changes) return loadWhole(state, database);
  const applies: (() => void)[] = [];
  for (const [kind, reload] of Object.entries(reloads)) {
    const ids = [...new Set(changes.filter((change) => change.kind === kind).map(({ id }) => id))];
    if (ids.length > 0) applies.push(await reload(database.prisma, policy, ids));
  }
  // In one go: a request that decides meanwhile sees all of the change or nothing.
  const isWhole = applies.map((apply) => apply()).every(Boolean);
  policy.epoch = epoch;
  // Something lies in a container that came after this epoch; what lies in it in turn is in no list of changes.
  if (!isWhole) await loadWhole(state, database);
}

async function refreshOnce(state: Current): Promise<void> {
  const before = state.policy?.epoch;
  await catchUp(state, await db());
  if (state.policy?.epoch !== before) for (const listener of state.listeners) listener();
}

/** Runs after what runs now: a look that began before the caller's moment would not count for it. */
function refreshNext(state: Current): Promise<void> {
  if (!state.running) {
    state.running = refreshOnce(state).finally(() => {
      state.running = null;
    });
    return state.running;
  }
  state.next ??= state.running
    .catch(() => undefined)
    .then(() => {
      state.next = null;
      return refreshNext(state);
    });
  return state.next;
}

/**
 * The policy as of now: every change of rights that was acknowledged before this call is in it. Embedded,
 * nobody else can change rights and nothing is read when nothing changed; on PostgreSQL one row is.
 */
export async function currentPolicy(): Promise<Policy> {
  const state = current();
  const database = await db();
  const isBehind =
    !state.policy ||
    state.database !== database ||
    database.kind === "postgresql" ||
    awaitedEpoch() > state.policy.epoch;
  if (isBehind) await refreshNext(state);
  return knownPolicy();
}

/** The policy as last read; every request has asked for the current one before it decides. */
export function knownPolicy(): Policy {
  const { policy } = current();
  if (!policy) throw new Error("Rights were asked for before they were read");
  return policy;
}

/** Reads everything again, for what was written past the services. */
export async function reloadPolicy(): Promise<void> {
  const state = current();
  state.policy = null;
  await refreshNext(state);
}

/** Calls back when rights have changed here or, once noticed, in another process; returns how to stop. */
export function onPolicyChange(listener: () => void): () => void {
  const { listeners } = current();
  listeners.add(listener);
  return () => listeners.delete(listener);
}
