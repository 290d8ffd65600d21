import "server-only";
import { currentPolicy, onPolicyChange } from "@/lib/access/server";
import { AppError, isAppError } from "@/lib/core";
import { log, single } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import type { Context } from "./context";
import type { Actor } from "./schema";
import { presentActorOfKey } from "./service/key-check";
import { actorOfClaims } from "./service/session-check";
import { findPrincipal } from "./store/users";

export interface WatchOptions {
  /** Asked again whenever rights have changed, with the actor as it is by then. @throws AppError to end the call. */
  recheck?: (actor: Actor) => Promise<void>;
}

/** Watches over one live call; close it with the call. */
export interface ActorWatch {
  /** Aborted, with an AppError as its reason, when the caller may no longer have what it is getting. */
  readonly signal: AbortSignal;
  close(): void;
}

interface Watched {
  actor: Actor;
  recheck: WatchOptions["recheck"];
  controller: AbortController;
  /** The epoch at which it was last found right. */
  seen: bigint | undefined;
}

interface Registry {
  live: Set<Watched>;
  timer: NodeJS.Timeout | null;
  checking: boolean;
  /** Something changed while a check was under way. */
  again: boolean;
}

/** Another process may have changed something; a stream ends within a second of it. */
const pollMs = 500;

const registry = () =>
  single<Registry>("auth.watch", () => {
    onPolicyChange(checkWatched);
    return { live: new Set(), timer: null, checking: false, again: false };
  });

const ended = ({ keyId }: Actor) =>
  new AppError(
    "forbidden",
    keyId
      ? "Permission revoked: this key has ended, or its owner’s account is switched off. The answer stops here."
      : "Permission revoked: this session has ended, or the account is switched off. The answer stops here.",
  );

async function presentActor({ userId, keyId, sessionId }: Actor): Promise<Actor | null> {
  if (keyId) return presentActorOfKey(keyId);
  if (sessionId) return actorOfClaims({ userId, sessionId });
  const row = await findPrincipal((await db()).prisma, userId);
  if (!row || row.disabledAt) return null;
  return { userId, kind: row.kind, email: row.email, name: row.name, role: row.role };
}

async function check(): Promise<void> {
  const { epoch } = await currentPolicy();
  const due = [...registry().live].filter(({ seen }) => seen !== epoch);
  // Many calls of one key are one question.
  const asked = new Map<string, Promise<Actor | null>>();
  const present = (actor: Actor) => {
    const name = actor.keyId ?? actor.sessionId ?? actor.userId;
    const asking = asked.get(name) ?? presentActor(actor);
    asked.set(name, asking);
    return asking;
  };
  await Promise.all(
    due.map(async (watched) => {
      try {
        const actor = await present(watched.actor);
        if (!actor) throw ended(watched.actor);
        await watched.recheck?.(actor);
        watched.seen = epoch;
      } catch (error) {
        if (isAppError(error)) {
          registry().live.delete(watched);
          watched.controller.abort(error);
        }
        // Not an answer about rights: asked again with the next poll.
        else log.warn("A live call’s rights could not be checked", { error });
      }
    }),
  );
}

/** Checks every live call now; returns at once. */
export function checkWatched(): void {
  const state = registry();
  if (state.live.size === 0) return;
  if (state.checking) {
    state.again = true;
    return;
  }
  state.checking = true;
  state.again = false;
  check()
    .catch((error: unknown) => log.warn("The rights of live calls could not be checked", { error }))
    .finally(() => {
      state.checking = false;
      if (state.again) checkWatched();
    });
}

/**
 * Ends a live call when its caller's key, session or account ends, or `recheck` refuses: at once for a change made in
 * this process, within half a second for another's.
 */
export function watchActor({ actor }: Pick<Context, "actor">, { recheck }: WatchOptions = {}): ActorWatch {
  const state = registry();
  const watched: Watched = { actor, recheck, controller: new AbortController(), seen: undefined };
  state.live.add(watched);
  state.timer ??= setInterval(checkWatched, pollMs).unref();
  return {
    signal: watched.controller.signal,
    close() {
      state.live.delete(watched);
      if (state.live.size > 0 || !state.timer) return;
      clearInterval(state.timer);
      state.timer = null;
    },
  };
}
