import "server-only";
import { AppError } from "@/lib/core";
import { dropSingle, log } from "@/lib/core/server";
import { invocationJournal } from "./invocations";
import { gatewayLoad, whenIdle } from "./load";

/** How long stopping may wait for the database; what is left waits in the journal for the next start. */
const settleMs = 5_000;
/** For calls to end once they were told to. */
const stopMs = 1_000;

/** Moves the calls that an earlier process recorded into the database, and lets calls in. */
export async function startGateway(): Promise<void> {
  gatewayLoad().draining = false;
  await invocationJournal().start();
}

/** Lets no new call in, gives running ones `drainMs`, ends the rest with an error event, and empties the journal. */
export async function stopGateway({ drainMs }: { drainMs: number }): Promise<void> {
  const load = gatewayLoad();
  load.draining = true;
  if (!(await whenIdle(drainMs))) {
    log.info("Calls are ended because the workbench stops", { calls: load.active.size });
    const reason = new AppError("unavailable", "The workbench is stopping; the answer is not complete.", {
      retryAfter: 5,
    });
    for (const run of load.active) run.stop(reason);
    await whenIdle(stopMs);
  }
  await invocationJournal().close(settleMs);
  dropSingle("gateway.journal");
}
