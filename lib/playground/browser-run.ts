import { isAppError } from "@/lib/core";
import { browserEngine } from "@/lib/inference/client";
import type { RunEngine, RunEvent } from "./engine";

/** Loads of less than this are not worth naming apart from the first token. */
const noticeable = 50;

/** The share read so far as events, until the model is ready. */
async function* loading(model: string, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const startedAt = performance.now();
  let share = 0;
  let wake = () => {};
  let done = false;
  const load = browserEngine()
    .load(model, (next) => {
      share = next;
      wake();
    })
    .finally(() => {
      done = true;
      wake();
    });
  signal.addEventListener("abort", () => wake(), { once: true });
  // The failure is taken below; without a handler it would count as unhandled while progress is shown.
  load.catch(() => undefined);
  while (!done && !signal.aborted) {
    if (share > 0) yield { type: "loading", share };
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (done) resolve();
    });
  }
  if (signal.aborted) return;
  await load;
  const ms = performance.now() - startedAt;
  if (ms >= noticeable) yield { type: "loaded", ms };
}

/** Models in a worker of this page; neither prompt nor answer leaves it. */
export const browserRun: RunEngine = async function* run(call, signal) {
  try {
    yield* loading(call.model, signal);
  } catch (error) {
    if (!isAppError(error)) throw error;
    yield {
      type: "error",
      code: error.code === "not_found" ? "not_found" : "unavailable",
      message: error.message,
    };
    return;
  }
  if (signal.aborted) yield { type: "finish", reason: "aborted" };
  else {
    const { asked: _, named: __, ...rest } = call;
    yield* browserEngine().chat(rest, signal);
  }
};

/** Fetches a model ahead of its first run. A failure is told by the run itself, which tries again. */
export function warmUp(model: string): void {
  browserEngine()
    .load(model)
    .catch(() => undefined);
}
