import type { RunEngine } from "./engine";
import { fetchRunner } from "./later-runner";

const inBrowser = () => import("./browser-run");
const overGateway = () => import("./gateway-engine");

/** An engine whose code comes with the first call. */
function later(load: () => Promise<RunEngine>): RunEngine {
  return async function* run(call, signal) {
    let engine: RunEngine;
    try {
      engine = await load();
    } catch {
      // The workbench was updated or cannot be reached; what was written stays.
      yield { type: "error", code: "unavailable", message: "This page is out of date. Load it again." };
      return;
    }
    yield* engine(call, signal);
  };
}

/** Models in a worker of this page; neither prompt nor answer leaves it. */
export const browserRun = later(async () => (await inBrowser()).browserRun);

/** Server and remote models, through the door that counts and records. */
export const gatewayRun = later(async () => (await overGateway()).gatewayEngine());

/** Fetches what the first run needs, and a model for it where one is named. A failure is told by the run itself. */
export function warmUp(model?: string): void {
  fetchRunner();
  overGateway().catch(() => undefined);
  if (model !== undefined)
    inBrowser()
      .then((browser) => browser.warmUp(model))
      .catch(() => undefined);
}
