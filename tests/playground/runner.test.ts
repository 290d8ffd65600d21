import { describe, expect, it } from "vitest";
import type { ChatCall } from "@/lib/inference";
import type { Answer } from "@/lib/playground/document";
import { addColumn, mostColumns, removeColumn, setPrompt, setSameInput } from "@/lib/playground/edits";
import type { RunEngine } from "@/lib/playground/engine";
import { missingToRun } from "@/lib/playground/missing";
import { createRunner } from "@/lib/playground/runner";
import { createWorkspace, pathOf, type Workspace } from "@/lib/playground/workspace";
import { endless, failing, speaking } from "./engines";

interface Setup {
  server?: RunEngine;
  browser?: RunEngine;
  remote?: RunEngine;
}

function setUp({ server = speaking("ok"), browser = server, remote = server }: Setup = {}) {
  const workspace = createWorkspace({
    columns: [
      { id: "a", model: "pebble-2m", engine: "browser", parameters: {} },
      { id: "b", model: "pebble-2m", engine: "server", parameters: {} },
    ],
  });
  const reported: Answer[] = [];
  const runner = createRunner(workspace, {
    engines: { browser, server, remote },
    onBrowserAnswer: (answer) => reported.push(answer),
  });
  return { workspace, runner, reported };
}

const answersOf = (workspace: Workspace, id: string) =>
  Object.values(workspace.column(id).getState().answers).flat();
const textsOf = (workspace: Workspace, id: string) => answersOf(workspace, id).map(({ text }) => text);

/** Waits until the column has text on its way. */
async function streaming(workspace: Workspace, id: string): Promise<void> {
  while (!workspace.column(id).getState().live?.text) await new Promise((done) => setTimeout(done, 5));
}

describe("running columns", () => {
  it("sends one message to all columns, and the follow-up with each column's own answer", async () => {
    const here: ChatCall[] = [];
    const there: ChatCall[] = [];
    const { workspace, runner } = setUp({
      browser: speaking("from here", here),
      server: speaking("from there", there),
    });
    setPrompt(workspace, "Question");
    await runner.runAll();
    workspace.store.setState({ followUp: "More" });
    await runner.runAll();

    expect(textsOf(workspace, "a")).toEqual(["from here", "from here"]);
    expect(here[1]?.messages.map(({ content }) => content)).toEqual(["Question", "from here", "More"]);
    expect(there[1]?.messages.map(({ content }) => content)).toEqual(["Question", "from there", "More"]);
    expect(workspace.store.getState()).toMatchObject({ followUp: "", running: [], title: "Question" });
  });

  it("lets the others go on when one column fails, and keeps what it said", async () => {
    const { workspace, runner } = setUp({ browser: failing("so far "), server: speaking("all of it") });
    setPrompt(workspace, "Question");
    await runner.runAll();

    expect(answersOf(workspace, "a")[0]).toMatchObject({
      outcome: "failed",
      text: "so far ",
      failure: { code: "unavailable", status: 503, requestId: "req-7f3a" },
    });
    expect(answersOf(workspace, "b")[0]).toMatchObject({
      outcome: "finished",
      finish: "stop",
      text: "all of it",
    });
  });

  it("takes an engine that throws as the failure of its column", async () => {
    const throwing: RunEngine = async function* run() {
      yield { type: "delta", text: "half", tokens: 1 };
      throw new Error("The worker is gone.");
    };
    const { workspace, runner } = setUp({ browser: throwing });
    setPrompt(workspace, "Question");
    await runner.runAll();
    expect(answersOf(workspace, "a")[0]).toMatchObject({
      outcome: "failed",
      text: "half",
      failure: { message: "The worker is gone." },
    });
  });

  it("stops one column, then all, and keeps the text marked as stopped", async () => {
    const { workspace, runner } = setUp({ server: endless("partial") });
    setPrompt(workspace, "Question");
    const run = runner.runAll();
    await streaming(workspace, "a");
    await streaming(workspace, "b");
    runner.stop("a");
    while (workspace.store.getState().running.length > 1) await new Promise((done) => setTimeout(done, 5));
    expect(workspace.store.getState().running).toEqual(["b"]);
    runner.stopAll();
    await run;
    for (const id of ["a", "b"]) {
      expect(answersOf(workspace, id)[0]).toMatchObject({ outcome: "stopped", text: "partial" });
      expect(answersOf(workspace, id)[0]?.finish).toBeUndefined();
    }
  });

  it("does not start a second run while one is going", async () => {
    const calls: ChatCall[] = [];
    const { workspace, runner } = setUp({ server: speaking("once", calls) });
    setPrompt(workspace, "Question");
    await Promise.all([runner.runAll(), runner.runAll(), runner.runOne("a")]);
    expect(calls).toHaveLength(2);
  });

  it("catches a new column up with the turns so far and leaves the answered ones alone", async () => {
    const calls: ChatCall[] = [];
    const { workspace, runner } = setUp({ server: speaking("yes", calls) });
    setPrompt(workspace, "One");
    await runner.runAll();
    workspace.store.setState({ followUp: "Two" });
    await runner.runAll();
    addColumn(workspace, { model: "hosted/large", engine: "remote" });
    calls.length = 0;
    await runner.runAll();
    expect(calls.map(({ model }) => model)).toEqual(["hosted/large", "hosted/large"]);
    expect(calls[1]?.messages.map(({ content }) => content)).toEqual(["One", "yes", "Two"]);
  });

  it("runs the whole conversation again on a branch with an edited prompt, and keeps the first", async () => {
    const calls: ChatCall[] = [];
    const { workspace, runner } = setUp({ server: speaking("yes", calls) });
    setPrompt(workspace, "One");
    await runner.runAll();
    workspace.store.setState({ followUp: "Two" });
    await runner.runAll();
    setPrompt(workspace, "Uno");
    calls.length = 0;
    await runner.runAll();
    expect(calls).toHaveLength(4);
    expect(calls.at(-1)?.messages[0]?.content).toBe("Uno");
    const state = workspace.store.getState();
    expect(state.turns.map(({ user }) => user)).toEqual(["One", "Two", "Uno", "Two"]);
    expect(pathOf(state).map(({ user }) => user)).toEqual(["Uno", "Two"]);
  });

  it("stops catching up at the first turn that fails", async () => {
    const calls: ChatCall[] = [];
    const { workspace, runner } = setUp({
      server: speaking("yes"),
      remote: async function* run(call) {
        calls.push(call);
        yield { type: "error", code: "upstream", message: "No." };
      },
    });
    setPrompt(workspace, "One");
    await runner.runAll();
    workspace.store.setState({ followUp: "Two" });
    await runner.runAll();
    addColumn(workspace, { model: "hosted/large", engine: "remote" });
    await runner.runAll();
    expect(calls).toHaveLength(1);
  });

  it("answers the last turn of one column once more, and keeps what was said before", async () => {
    const calls: ChatCall[] = [];
    const { workspace, runner } = setUp({ server: speaking("yes", calls) });
    setPrompt(workspace, "One");
    await runner.runAll();
    calls.length = 0;
    await runner.regenerate("b");
    expect(calls).toHaveLength(1);
    expect(textsOf(workspace, "b")).toEqual(["yes", "yes"]);
    expect(textsOf(workspace, "a")).toEqual(["yes"]);
  });

  it("gives each column its own input when input is not shared", async () => {
    const calls: ChatCall[] = [];
    const { workspace, runner } = setUp({ server: speaking("yes", calls) });
    setPrompt(workspace, "Shared");
    setSameInput(workspace, false);
    expect(workspace.column("a").getState().draft).toBe("Shared");
    workspace.column("a").setState({ draft: "" });
    workspace.column("b").setState({ draft: "Only B" });
    await runner.runAll();
    expect(calls.map(({ messages }) => messages[0]?.content)).toEqual(["Only B"]);
    expect(answersOf(workspace, "a")).toEqual([]);
    expect(workspace.column("b").getState().draft).toBe("");
  });

  it("reports browser answers and no others", async () => {
    const { workspace, runner, reported } = setUp();
    setPrompt(workspace, "One");
    await runner.runAll();
    expect(reported).toHaveLength(1);
    expect(workspace.store.getState().ranInBrowser).toBe(true);
  });

  it("says what is missing instead of sending nothing", async () => {
    const calls: ChatCall[] = [];
    const { workspace, runner } = setUp({ server: speaking("yes", calls) });
    setPrompt(workspace, "  \n ");
    expect(missingToRun(workspace)).toEqual(["a user message"]);
    await runner.runAll();
    await runner.runOne("a");
    expect(calls).toEqual([]);
  });

  it("shows at most eight columns and never none", () => {
    const { workspace } = setUp();
    for (let at = 0; at < 9; at++) addColumn(workspace, { model: `m${at}`, engine: "server" });
    expect(workspace.store.getState().columns).toHaveLength(mostColumns);
    for (const { id } of workspace.store.getState().columns) removeColumn(workspace, id);
    expect(workspace.store.getState().columns).toHaveLength(1);
  });
});
