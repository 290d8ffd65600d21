import "server-only";
import { AppError } from "@/lib/core";
import { single } from "@/lib/core/server";
import { invocationJournal } from "./invocations";

/** Calls that run at once; beyond it more would only make everyone wait. */
const maxActive = 512;
/** Calls at once from which tokens are sent in frames of some milliseconds instead of one by one. */
const busyFrom = 16;

interface Stoppable {
  stop(reason: AppError): void;
}

interface Load {
  active: Set<Stoppable>;
  draining: boolean;
  limit: number;
}

export const gatewayLoad = () =>
  single<Load>("gateway.load", () => ({ active: new Set(), draining: false, limit: maxActive }));

export const isBusy = () => gatewayLoad().active.size >= busyFrom;

/** Why no call can begin now, if so: stopping, too many at once, or no way to record it. */
export function refusal(): AppError | undefined {
  const { active, draining, limit } = gatewayLoad();
  if (draining) return new AppError("unavailable", "The workbench is stopping.", { retryAfter: 5 });
  if (active.size >= limit) {
    return new AppError("unavailable", `${limit} calls are running. Try again in a moment.`, {
      retryAfter: 1,
    });
  }
  return invocationJournal().refusal();
}

/** Resolves when no call runs, or after `waitMs`. */
export async function whenIdle(waitMs: number): Promise<boolean> {
  const { active } = gatewayLoad();
  const until = performance.now() + waitMs;
  while (active.size > 0 && performance.now() < until) await new Promise((done) => setTimeout(done, 20));
  return active.size === 0;
}
