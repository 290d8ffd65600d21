// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { playgroundDocument } from "@/lib/playground/document";
import {
  dropDraft,
  forgetOthers,
  keepDraft,
  openDraft,
  readDraft,
  takeUnsaved,
} from "@/lib/playground/draft";
import { setPrompt } from "@/lib/playground/edits";
import { createRunner } from "@/lib/playground/runner";
import { createWorkspace, documentOf, openDocument, type Workspace } from "@/lib/playground/workspace";
import { endless, speaking } from "./engines";

function setUp() {
  const workspace = createWorkspace({
    columns: [
      { id: "a", model: "pebble-2m", engine: "server", parameters: { temperature: null } },
      { id: "b", model: "hosted/large", engine: "remote", parameters: {} },
    ],
    parameters: { temperature: 0.4 },
    system: "Be brief.",
  });
  const runner = createRunner(workspace, {
    engines: { browser: speaking("x"), server: speaking("done"), remote: endless("half an ans") },
    onBrowserAnswer: () => undefined,
  });
  return { workspace, runner };
}

async function halfWay(): Promise<{ workspace: Workspace; end: () => Promise<void> }> {
  const { workspace, runner } = setUp();
  setPrompt(workspace, "Question");
  const run = runner.runAll();
  await expect.poll(() => workspace.column("b").getState().live?.text).toBe("half an ans");
  await expect.poll(() => workspace.store.getState().running).toEqual(["b"]);
  return {
    workspace,
    end: () => {
      runner.stopAll();
      return run;
    },
  };
}

beforeEach(() => sessionStorage.clear());

describe("the document of a workspace", () => {
  it("is what the schema takes, and comes back as it was", async () => {
    const { workspace, end } = await halfWay();
    await end();
    const document = documentOf(workspace, "without");
    expect(playgroundDocument.parse(JSON.parse(JSON.stringify(document)))).toEqual(document);
    expect(documentOf(openDocument(document, {}), "without")).toEqual(document);
    expect(document.turns[0]?.answers.b).toMatchObject([{ outcome: "stopped", text: "half an ans" }]);
  });

  it("leaves a streaming answer out of a save and keeps it as interrupted for a reload", async () => {
    const { workspace, end } = await halfWay();
    expect(Object.keys(documentOf(workspace, "without").turns[0]?.answers ?? {})).toEqual(["a"]);
    expect(documentOf(workspace, "as interrupted").turns[0]?.answers.b).toEqual([
      {
        text: "half an ans",
        outcome: "interrupted",
        model: "hosted/large",
        engine: { kind: "server", device: "ONNX, CPU" },
      },
    ]);
    await end();
  });
});

describe("a reload of the tab", () => {
  it("finds what was typed and what had arrived, marked as interrupted", async () => {
    const { workspace, end } = await halfWay();
    workspace.store.setState({ followUp: "and then" });
    const stop = keepDraft(workspace, sessionStorage, "u1");
    stop();
    await end();

    const draft = readDraft(sessionStorage, "u1", null);
    if (!draft) return expect.unreachable();
    const again = openDraft(draft);
    expect(again.store.getState()).toMatchObject({ followUp: "and then", running: [] });
    expect(again.store.getState().messages).toMatchObject([{ role: "user", text: "Question" }]);
    const turn = again.store.getState().turns[0]?.id ?? "";
    expect(again.column("b").getState()).toMatchObject({
      live: null,
      answers: { [turn]: [{ outcome: "interrupted", text: "half an ans" }] },
    });
  });

  it("writes by itself soon after a change", async () => {
    const { workspace } = setUp();
    const stop = keepDraft(workspace, sessionStorage, "u1");
    setPrompt(workspace, "typed");
    await expect
      .poll(() => readDraft(sessionStorage, "u1", null)?.document.messages[0]?.text, { timeout: 3_000 })
      .toBe("typed");
    stop();
  });

  it("follows a session that gets an id", () => {
    const { workspace } = setUp();
    keepDraft(workspace, sessionStorage, "u1")();
    const stop = keepDraft(workspace, sessionStorage, "u1");
    workspace.store.setState({ id: "pg_1", version: 1, save: { kind: "saved" } });
    stop();
    expect(readDraft(sessionStorage, "u1", null)).toBeNull();
    expect(readDraft(sessionStorage, "u1", "pg_1")).toMatchObject({ id: "pg_1", changed: false });
    dropDraft(sessionStorage, "u1", "pg_1");
    expect(sessionStorage).toHaveLength(0);
  });

  it("finds what has just got an id under both addresses, and then under its own alone", () => {
    const { workspace } = setUp();
    const stop = keepDraft(workspace, sessionStorage, "u1");
    workspace.store.setState({ id: "pg_1", version: 1, save: { kind: "saved" } });
    window.dispatchEvent(new Event("pagehide"));
    stop();
    expect(readDraft(sessionStorage, "u1", "pg_1")).toMatchObject({ id: "pg_1", version: 1 });
    expect(takeUnsaved(sessionStorage, "u1")).toMatchObject({ id: "pg_1", version: 1 });
    expect(takeUnsaved(sessionStorage, "u1")).toBeNull();
    expect(readDraft(sessionStorage, "u1", "pg_1")).toMatchObject({ id: "pg_1", version: 1 });
  });

  it("leaves nothing where a session without an id is looked for when it has had one for long", () => {
    const { workspace } = setUp();
    const stop = keepDraft(workspace, sessionStorage, "u1");
    workspace.store.setState({ id: "pg_1", version: 1, save: { kind: "saved" } });
    stop();
    const again = keepDraft(workspace, sessionStorage, "u1");
    window.dispatchEvent(new Event("pagehide"));
    again();
    expect(takeUnsaved(sessionStorage, "u1")).toBeNull();
  });

  it("shows nobody what another person left in the tab", () => {
    const { workspace } = setUp();
    keepDraft(workspace, sessionStorage, "u1")();
    sessionStorage.setItem("other", "stays");
    expect(readDraft(sessionStorage, "u2", null)).toBeNull();
    forgetOthers(sessionStorage, "u2");
    expect(readDraft(sessionStorage, "u1", null)).toBeNull();
    expect(sessionStorage.getItem("other")).toBe("stays");
  });

  it("passes over what it cannot read", () => {
    sessionStorage.setItem("tessera.playground.u1.new", '{"document":{"turns":7}}');
    expect(readDraft(sessionStorage, "u1", null)).toBeNull();
    expect(sessionStorage).toHaveLength(0);
  });

  it("says when the tab has no room", () => {
    const { workspace } = setUp();
    const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    keepDraft(workspace, sessionStorage, "u1")();
    expect(workspace.store.getState().kept).toBe(false);
    full.mockRestore();
    keepDraft(workspace, sessionStorage, "u1")();
    expect(workspace.store.getState().kept).toBe(true);
  });
});
