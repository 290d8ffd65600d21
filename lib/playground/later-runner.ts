import type { Runner, RunnerOptions } from "./runner";
import type { Workspace } from "./workspace";

const load = () => import("./runner");

/** Fetches the runner's code ahead of the first run. A failure is told by the run itself. */
export const fetchRunner = () => void load().catch(() => undefined);

/**
 * A runner whose code comes with the first run. What was asked for before a stop is not begun after it.
 *
 * @param onMissing told when the code cannot be fetched; nothing that was written is changed then
 */
export function laterRunner(
  workspace: Workspace,
  options: RunnerOptions,
  onMissing: () => void,
  fetch = load,
): Runner {
  let runner: Promise<Runner> | undefined;
  let stops = 0;

  async function whenReady(run: (runner: Runner) => Promise<void>): Promise<void> {
    const before = stops;
    runner ??= fetch().then(({ createRunner }) => createRunner(workspace, options));
    let ready: Runner;
    try {
      ready = await runner;
    } catch {
      runner = undefined;
      onMissing();
      return;
    }
    if (stops === before) await run(ready);
  }

  return {
    runAll: () => whenReady((ready) => ready.runAll()),
    runOne: (columnId) => whenReady((ready) => ready.runOne(columnId)),
    regenerate: (columnId) => whenReady((ready) => ready.regenerate(columnId)),
    branch: (turnId, user, attachments) => whenReady((ready) => ready.branch(turnId, user, attachments)),
    runCells: (rowIds, columnIds) => whenReady((ready) => ready.runCells(rowIds, columnIds)),
    stop: (columnId) => void runner?.then((ready) => ready.stop(columnId)).catch(() => undefined),
    stopAll() {
      stops += 1;
      void runner?.then((ready) => ready.stopAll()).catch(() => undefined);
    },
  };
}
