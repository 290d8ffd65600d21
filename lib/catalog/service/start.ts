import "server-only";
import { countGrantsOf, removeGrantsOf } from "@/lib/access/server";
import { onRevokeEverything } from "@/lib/auth/server";
import { log, single } from "@/lib/core/server";
import { registerHooks } from "../hooks";
import { purgeDropped } from "./drop";

const dayMs = 86_400_000;

interface Timer {
  timer: NodeJS.Timeout | null;
}

const state = () => single<Timer>("catalog.timer", () => ({ timer: null }));

/** Tells other domains what hangs on the catalogue, and removes once a day what cannot be brought back any more. */
export async function startCatalog(): Promise<void> {
  registerHooks("connection", {
    refuseDrop: "A connection is removed under Connections: its key and its models go with it.",
  });
  onRevokeEverything("grants", {
    count: async (tx, principalId) => ({ noun: "grants", count: await countGrantsOf(tx, principalId) }),
    revoke: async (tx, principalId) => ({ noun: "grants", count: await removeGrantsOf(tx, principalId) }),
  });
  const purge = () =>
    purgeDropped().then(
      () => undefined,
      (error: unknown) => log.warn("Dropped objects were not removed", { error }),
    );
  const own = state();
  own.timer ??= setInterval(() => void purge(), dayMs).unref();
  await purge();
}

export function stopCatalog(): void {
  const own = state();
  if (own.timer) clearInterval(own.timer);
  own.timer = null;
}
