import { describe, expect, it } from "vitest";
import { setPrompt } from "@/lib/playground/edits";
import { laterRunner } from "@/lib/playground/later-runner";
import * as module from "@/lib/playground/runner";
import { createWorkspace, type Workspace } from "@/lib/playground/workspace";
import { endless, speaking } from "./engines";

type Fetch = () => Promise<typeof module>;

function setUp(fetch: Fetch, server = speaking("ok")) {
  const workspace = createWorkspace({
    columns: [{ id: "a", model: "pebble-2m", engine: "server", parameters: {} }],
  });
  setPrompt(workspace, "Question");
  const missing: string[] = [];
  const options = {
    engines: { browser: server, server, remote: server },
    onBrowserAnswer: () => undefined,
  };
  const runner = laterRunner(workspace, options, () => missing.push("missing"), fetch);
  return { workspace, runner, missing };
}

const textsOf = (workspace: Workspace) =>
  Object.values(workspace.column("a").getState().answers)
    .flat()
    .map(({ text }) => text);

describe("a runner that is fetched with the first run", () => {
  it("runs as if it had been there, and is fetched once", async () => {
    let fetched = 0;
    const { workspace, runner } = setUp(async () => {
      fetched += 1;
      return module;
    });
    await Promise.all([runner.runAll(), runner.runAll()]);
    await runner.regenerate("a");
    expect(textsOf(workspace)).toEqual(["ok", "ok"]);
    expect(fetched).toBe(1);
  });

  it("begins nothing that was asked for before a stop", async () => {
    let arrive: (fetched: typeof module) => void = () => undefined;
    const { workspace, runner } = setUp(
      () =>
        new Promise((resolve) => {
          arrive = resolve;
        }),
    );
    const running = runner.runAll();
    runner.stopAll();
    arrive(module);
    await running;
    expect(workspace.store.getState().turns).toEqual([]);
    await runner.runAll();
    expect(textsOf(workspace)).toEqual(["ok"]);
  });

  it("stops what runs", async () => {
    const { workspace, runner } = setUp(async () => module, endless("more"));
    const running = runner.runAll();
    await expect.poll(() => workspace.store.getState().running).toEqual(["a"]);
    runner.stop("a");
    await running;
    expect(workspace.store.getState().running).toEqual([]);
  });

  it("says that its code is missing, changes nothing, and tries again", async () => {
    let isThere = false;
    const { workspace, runner, missing } = setUp(async () => {
      if (!isThere) throw new TypeError("Failed to fetch dynamically imported module");
      return module;
    });
    await runner.runAll();
    expect(missing).toEqual(["missing"]);
    expect(workspace.store.getState().turns).toEqual([]);
    isThere = true;
    await runner.runAll();
    expect(textsOf(workspace)).toEqual(["ok"]);
  });
});
