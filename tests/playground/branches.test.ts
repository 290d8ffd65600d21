import { describe, expect, it } from "vitest";
import type { ChatCall } from "@/lib/inference";
import { answerTo, branchesAt } from "@/lib/playground/conversation";
import { playgroundDocument } from "@/lib/playground/document";
import {
  chooseAnswer,
  removeColumn,
  removeTurn,
  setAsking,
  setPrompt,
  showBranch,
} from "@/lib/playground/edits";
import { missingToRun } from "@/lib/playground/missing";
import { createRunner } from "@/lib/playground/runner";
import { createWorkspace, documentOf, openDocument, pathOf } from "@/lib/playground/workspace";
import { scripted, spoken } from "./engines";

/** Answers "1", "2", "3" and so on, over all columns. */
function counting(calls: ChatCall[]) {
  return scripted(() => spoken(String(calls.length)), calls);
}

function setUp() {
  const calls: ChatCall[] = [];
  const workspace = createWorkspace({
    columns: [
      { id: "a", model: "pebble-2m", engine: "server", parameters: {} },
      { id: "b", model: "pebble-2m", engine: "server", parameters: { seed: 9 } },
    ],
  });
  const engine = counting(calls);
  const runner = createRunner(workspace, {
    engines: { browser: engine, server: engine, remote: engine },
    onBrowserAnswer: () => undefined,
  });
  const path = () => pathOf(workspace.store.getState()).map(({ user }) => user);
  const say = async (followUp: string) => {
    workspace.store.setState({ followUp });
    await runner.runAll();
  };
  const contents = (call: ChatCall | undefined) => call?.messages.map(({ content }) => content);
  return { workspace, runner, calls, path, say, contents };
}

describe("a conversation with branches", () => {
  it("puts an edited message beside the old one, and shows either with what follows it", async () => {
    const { workspace, runner, path, say, calls, contents } = setUp();
    setPrompt(workspace, "One");
    await runner.runAll();
    await say("Two");
    await say("Three");
    const [, two] = pathOf(workspace.store.getState());
    calls.length = 0;
    await runner.branch(two?.id ?? "", "Zwei");
    expect(path()).toEqual(["One", "Zwei"]);
    expect(calls).toHaveLength(2);
    expect(contents(calls[0])?.[0]).toBe("One");
    expect(contents(calls[0])?.at(-1)).toBe("Zwei");

    const { turns } = workspace.store.getState();
    expect(branchesAt(turns, two ?? { id: "", parent: null, user: "" })).toHaveLength(2);
    showBranch(workspace, two?.id ?? "");
    expect(path()).toEqual(["One", "Two", "Three"]);
    await say("Four");
    expect(path()).toEqual(["One", "Two", "Three", "Four"]);
    expect(workspace.store.getState().turns).toHaveLength(5);
  });

  it("comes back from a document as it was, the branch in sight too", async () => {
    const { workspace, runner, path, say } = setUp();
    setPrompt(workspace, "One");
    await runner.runAll();
    await say("Two");
    const [one, two] = pathOf(workspace.store.getState());
    await runner.branch(two?.id ?? "", "Zwei");
    showBranch(workspace, two?.id ?? "");
    const document = playgroundDocument.parse(JSON.parse(JSON.stringify(documentOf(workspace, "without"))));
    const again = openDocument(document, {});
    expect(pathOf(again.store.getState()).map(({ user }) => user)).toEqual(path());
    expect(again.column("a").getState().answers[one?.id ?? ""]).toHaveLength(1);
    expect(documentOf(again, "without")).toEqual(document);
  });

  it("removes a message with all that hangs on it, and brings it back", async () => {
    const { workspace, runner, path, say } = setUp();
    setPrompt(workspace, "One");
    await runner.runAll();
    await say("Two");
    await say("Three");
    const [, two] = pathOf(workspace.store.getState());
    const undo = removeTurn(workspace, two?.id ?? "");
    expect(path()).toEqual(["One"]);
    expect(workspace.store.getState().turns).toHaveLength(1);
    undo();
    expect(path()).toEqual(["One", "Two", "Three"]);
    expect(answerTo(workspace.column("a").getState(), two?.id ?? "")).toBeDefined();
  });

  it("closes the gap when a column goes whose own messages stood between", async () => {
    const { workspace, path } = setUp();
    workspace.store.setState({
      turns: [
        { id: "t1", parent: null, user: "all" },
        { id: "t2", parent: "t1", user: "b alone", column: "b" },
        { id: "t3", parent: "t2", user: "all again" },
      ],
      head: "t3",
    });
    removeColumn(workspace, "b");
    expect(path()).toEqual(["all", "all again"]);
    expect(playgroundDocument.safeParse(documentOf(workspace, "without")).success).toBe(true);
  });
});

describe("several answers to one message", () => {
  it("are asked for at once, each with the next seed, and the last one counts", async () => {
    const { workspace, runner, calls } = setUp();
    setPrompt(workspace, "One");
    setAsking(workspace, { repeats: 3 });
    await runner.runAll();
    expect(calls).toHaveLength(6);
    const seeds = calls.map(({ parameters }) => parameters.seed).filter((seed) => seed !== undefined);
    expect(seeds.sort((x, y) => x - y)).toEqual([9, 10, 11]);
    const [one] = pathOf(workspace.store.getState());
    const given = workspace.column("b").getState();
    expect(given.answers[one?.id ?? ""]).toHaveLength(3);
    expect(answerTo(given, one?.id ?? "")).toBe(given.answers[one?.id ?? ""]?.[2]);
  });

  it("the chosen one is what a follow-up builds on", async () => {
    const { workspace, runner, calls, say, contents } = setUp();
    setPrompt(workspace, "One");
    await runner.runAll();
    await runner.regenerate("a");
    const [one] = pathOf(workspace.store.getState());
    const [first] = workspace.column("a").getState().answers[one?.id ?? ""] ?? [];
    chooseAnswer(workspace, "a", one?.id ?? "", 0);
    calls.length = 0;
    await say("Two");
    const toA = calls.find(({ parameters }) => parameters.seed === undefined);
    expect(contents(toA)).toEqual(["One", first?.text, "Two"]);
  });

  it("stop where a message has all that is kept, with words for it", async () => {
    const { workspace, runner } = setUp();
    setPrompt(workspace, "One");
    await runner.runAll();
    const [one] = pathOf(workspace.store.getState());
    const store = workspace.column("a");
    const [answer] = store.getState().answers[one?.id ?? ""] ?? [];
    store.setState({
      answers: { [one?.id ?? ""]: Array.from({ length: 50 }, () => answer ?? expect.fail()) },
    });
    expect(missingToRun(workspace).join()).toMatch(/all the answers it can keep/);
    await runner.regenerate("a");
    expect(store.getState().answers[one?.id ?? ""]).toHaveLength(50);
  });
});

describe("a document of the first release", () => {
  it("becomes a line of turns with one answer each", () => {
    const answer = { text: "ok", outcome: "finished", model: "m", engine: { kind: "server", device: "" } };
    const old = {
      system: "Be brief.",
      prompt: "One",
      sameInput: true,
      parameters: {},
      columns: [{ id: "a", model: "m", engine: "server", parameters: {} }],
      turns: [
        { id: "t1", user: "One", answers: { a: answer } },
        { id: "t2", user: "Two", answers: {} },
      ],
      saving: "auto",
    };
    const document = playgroundDocument.parse(old);
    expect(document.messages).toEqual([{ id: "m1", role: "user", text: "One" }]);
    expect(document.turns.map(({ parent }) => parent)).toEqual([null, "t1"]);
    expect(document.turns[0]?.answers.a).toEqual([answer]);
    expect(document.head).toBe("t2");
  });

  it("is refused where turns point nowhere or in a circle", () => {
    const workspace = createWorkspace({
      columns: [{ id: "a", model: "m", engine: "server", parameters: {} }],
    });
    const document = documentOf(workspace, "without");
    const turn = (id: string, parent: string | null) => ({ id, parent, user: "x", answers: {} });
    for (const turns of [[turn("t1", "t1")], [turn("t1", "t2"), turn("t2", "t1")], [turn("t1", "gone")]]) {
      const result = playgroundDocument.safeParse({ ...document, turns });
      expect(result.success).toBe(false);
      expect(JSON.stringify(result.error?.issues)).toMatch(/There is no turn/);
    }
    expect(playgroundDocument.safeParse({ ...document, head: "gone" }).success).toBe(false);
  });
});

describe("one answer at a time", () => {
  it("is kept from the moment it ends, before the next one of its column begins", async () => {
    const { workspace, runner } = setUp();
    setPrompt(workspace, "One");
    setAsking(workspace, { repeats: 2 });
    const seen: number[] = [];
    const stop = workspace.column("a").subscribe(({ live, answers }) => {
      if (live?.phase === "streaming") seen.push(Object.values(answers).flat().length);
    });
    await runner.runAll();
    stop();
    expect(Object.values(workspace.column("a").getState().answers).flat()).toHaveLength(2);
    expect(seen.every((count) => count < 2)).toBe(true);
  });
});
