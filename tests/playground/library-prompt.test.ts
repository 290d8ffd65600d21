import { describe, expect, it } from "vitest";
import { fieldsOf } from "@/lib/playground/call-fields";
import {
  addColumn,
  applyToAll,
  isPromptEdited,
  setColumnParameter,
  setParameter,
  setPrompt,
  setValue,
} from "@/lib/playground/edits";
import { missingToRun } from "@/lib/playground/missing";
import { editPrompt, noteResolved, setLoadedPrompt, takeApart } from "@/lib/playground/prompt-edits";
import { addRow } from "@/lib/playground/rows";
import { variablesOf } from "@/lib/playground/variables";
import { pathOf } from "@/lib/playground/workspace";
import { promptContent, promptReference, render } from "@/lib/prompts";
import { loaded, name, triage } from "./library";

import { changed, setUp, texts } from "./prompted";

describe("a loaded prompt", () => {
  it("waits for values that it has no default for, of their types", () => {
    const { workspace, state } = setUp({ all: loaded(triage) });
    expect(variablesOf(state())).toEqual(["tone", "ticket"]);
    expect(missingToRun(workspace)).toEqual(["a value for ticket"]);
    setValue(workspace, "ticket", "T-1");
    setValue(workspace, "tone", "rude");
    expect(missingToRun(workspace)).toEqual(["one of kind, brief for tone"]);
    setValue(workspace, "tone", " ");
    expect(missingToRun(workspace)).toEqual([]);
  });

  it("goes by its name while it is unchanged, with what is set here alone", async () => {
    const { workspace, runner, sent } = setUp({ all: loaded(triage, { alias: "production" }) });
    setValue(workspace, "ticket", "T-1");
    setParameter(workspace, "seed", 7);
    await runner.runAll();
    expect(fieldsOf(sent("small"))).toEqual({
      model: "small",
      prompt: { name, version: 3, variables: { ticket: "T-1" } },
      seed: 7,
    });
    expect(texts(sent("small"))).toEqual(["system: Sort tickets. Be kind.", "user: Ticket: T-1"]);
    expect(sent("small").parameters).toEqual({ temperature: 0.2, max_tokens: 40, seed: 7 });
    const { answers } = workspace.column("a").getState();
    expect(Object.values(answers)[0]?.[0]?.prompt).toEqual({
      name,
      version: 3,
      alias: "production",
      edited: false,
    });
  });

  it("says just what the library would make of it", async () => {
    const content = promptContent.parse(triage);
    const { workspace, runner, sent } = setUp({ all: loaded(triage) });
    setValue(workspace, "ticket", "{{tone}} $& \\ {{> main.a.b@1}}");
    setValue(workspace, "tone", "brief");
    await runner.runAll();
    const { variables } = promptReference.parse(sent("small").named?.prompt);
    expect(sent("small").messages).toEqual(render(content, variables, {}).messages);
  });

  it("goes as messages once it is changed, and is said to be; by its name again once that is undone", async () => {
    const { workspace, runner, sent } = setUp({ all: loaded(triage) });
    setValue(workspace, "ticket", "T-1");
    editPrompt(workspace, "all", changed("Rank tickets."));
    await runner.runAll();
    expect(fieldsOf(sent("small"))).toEqual({
      model: "small",
      messages: [
        { role: "system", content: "Rank tickets." },
        { role: "user", content: "Ticket: T-1" },
      ],
      temperature: 0.2,
      max_tokens: 40,
    });
    expect(sent("small").asked?.prompt.edited).toBe(true);
    editPrompt(workspace, "all", changed("Sort tickets. Be {{tone}}."));
    expect(workspace.store.getState().prompt?.edited).toBeUndefined();
    expect(isPromptEdited(workspace.store.getState())).toBe(true);
    await runner.runAll();
    expect(sent("small").named?.prompt.version).toBe(3);
    expect(workspace.store.getState().turns).toHaveLength(2);
  });

  it("goes as messages where a column takes back what it stores", async () => {
    const { workspace, runner, sent } = setUp({ all: loaded(triage) });
    setValue(workspace, "ticket", "T-1");
    setColumnParameter(workspace, "a", "temperature", null);
    await runner.runAll();
    expect(sent("small").named).toBeUndefined();
    expect(sent("small").parameters).toEqual({ max_tokens: 40 });
    expect(sent("large").named).toBeDefined();
  });

  it("is filled in by the page for a model in the browser, and told of with name, version and values", async () => {
    const { workspace, runner, sent, reported } = setUp({ all: loaded(triage) }, "browser");
    setValue(workspace, "ticket", "T-1");
    await runner.runAll();
    expect(sent("small").named).toBeUndefined();
    expect(texts(sent("small"))).toEqual(["system: Sort tickets. Be kind.", "user: Ticket: T-1"]);
    expect(reported.map(({ asked }) => asked)).toEqual([
      { prompt: { name, version: 3, alias: null, edited: false }, variables: { ticket: "T-1" } },
    ]);
  });

  it("stores a format that holds where none is set here", async () => {
    const { workspace, runner, sent } = setUp({
      all: loaded({ ...triage, responseFormat: { type: "json_object" } }),
    });
    setValue(workspace, "ticket", "T-1");
    await runner.runAll();
    expect(sent("small").responseFormat).toEqual({ type: "json_object" });
    expect(fieldsOf(sent("small"))).not.toHaveProperty("response_format");
  });
});

describe("two versions of one prompt in two columns", () => {
  const older = loaded(triage);
  const newer = loaded(
    { ...triage, messages: [{ role: "user", text: "Rank {{ticket}} for {{team}}" }] },
    { version: 5 },
  );

  it("are asked with the same values, each by its own name", async () => {
    const { workspace, runner, sent, state } = setUp({ a: older, b: newer });
    expect(variablesOf(state())).toEqual(["tone", "ticket", "team"]);
    setValue(workspace, "ticket", "T-1");
    setValue(workspace, "team", "returns");
    await runner.runAll();
    expect(sent("small").named?.prompt).toEqual({ name, version: 3, variables: { ticket: "T-1" } });
    expect(sent("large").named?.prompt).toEqual({
      name,
      version: 5,
      variables: { ticket: "T-1", team: "returns" },
    });
    expect(texts(sent("large"))).toEqual(["user: Rank T-1 for returns"]);
    expect(pathOf(state())).toHaveLength(1);
  });

  it("go on each with its own answers, the follow-up behind the prompt's question", async () => {
    const { workspace, runner, sent } = setUp({ a: older, b: newer });
    setValue(workspace, "ticket", "T-1");
    setValue(workspace, "team", "returns");
    await runner.runAll();
    workspace.store.setState({ followUp: "Why?" });
    await runner.runAll();
    expect(sent("large").named).toMatchObject({
      prompt: { version: 5 },
      messages: [
        { role: "assistant", content: "ok" },
        { role: "user", content: "Why?" },
      ],
    });
    expect(texts(sent("large"))).toEqual(["user: Rank T-1 for returns", "assistant: ok", "user: Why?"]);
  });

  it("begin a branch when one of them is replaced by another version that says the same", async () => {
    const { workspace, runner, state } = setUp({ a: older, b: older });
    setValue(workspace, "ticket", "T-1");
    await runner.runAll();
    expect(isPromptEdited(state())).toBe(false);
    setLoadedPrompt(workspace, "b", { ...older, version: 4 });
    expect(isPromptEdited(state())).toBe(true);
  });

  it("leave what was sent as it was: a turn asked again is asked by the version that asked it", async () => {
    const { workspace, runner, sent } = setUp({ a: older, b: newer });
    setValue(workspace, "ticket", "T-1");
    setValue(workspace, "team", "returns");
    await runner.runAll();
    setLoadedPrompt(workspace, "b", { ...older, version: 9 });
    setValue(workspace, "ticket", "T-2");
    await runner.regenerate("b");
    expect(sent("large").named?.prompt).toMatchObject({ version: 5, variables: { ticket: "T-1" } });
  });

  it("fill the grid, row by row", async () => {
    const { workspace, runner, calls, state } = setUp({ a: older, b: newer });
    setValue(workspace, "team", "returns");
    addRow(workspace, { ticket: "T-1", team: "repairs" });
    addRow(workspace, { ticket: "T-2" });
    await runner.runCells(
      state().rows.map(({ id }) => id),
      ["a", "b"],
    );
    expect(calls.map(({ model, named }) => [model, named?.prompt.version, named?.prompt.variables])).toEqual(
      expect.arrayContaining([
        ["small", 3, { ticket: "T-1" }],
        ["large", 5, { ticket: "T-1", team: "repairs" }],
      ]),
    );
  });
});

describe("a prompt with a place for messages", () => {
  const around = loaded({
    type: "chat",
    messages: [
      { role: "system", text: "You help {{who}}." },
      { placeholder: "history" },
      { role: "system", text: "Be brief." },
    ],
  });

  it("takes the conversation there, this turn's question last", async () => {
    const { workspace, runner, sent } = setUp({ all: around });
    setValue(workspace, "who", "Ines");
    expect(missingToRun(workspace)).toEqual(["a user message"]);
    setPrompt(workspace, "It rings.");
    await runner.runAll();
    workspace.store.setState({ followUp: "Still." });
    await runner.runAll();
    expect(texts(sent("small"))).toEqual([
      "system: You help Ines.",
      "user: It rings.",
      "assistant: ok",
      "user: Still.",
      "system: Be brief.",
    ]);
    expect(fieldsOf(sent("small"))).toEqual({
      model: "small",
      prompt: {
        name,
        version: 3,
        variables: { who: "Ines" },
        placeholders: {
          history: [
            { role: "user", content: "It rings." },
            { role: "assistant", content: "ok" },
            { role: "user", content: "Still." },
          ],
        },
      },
    });
  });

  it("may be left blank where the prompt asks by itself", async () => {
    const asking = loaded({
      type: "chat",
      messages: [{ placeholder: "history" }, { role: "user", text: "Sum it up." }],
    });
    const { runner, workspace, sent, state } = setUp({ all: asking });
    expect(missingToRun(workspace)).toEqual([]);
    await runner.runAll();
    expect(sent("small").named?.prompt).toEqual({ name, version: 3, placeholders: { history: [] } });
    expect(pathOf(state())[0]?.user).toBe("Sum it up.");
    setPrompt(workspace, "It rang at two.");
    await runner.runAll();
    expect(texts(sent("small"))).toEqual(["user: It rang at two.", "user: Sum it up."]);
    expect(sent("small").named?.prompt.placeholders).toEqual({
      history: [{ role: "user", content: "It rang at two." }],
    });
  });
});

describe("a prompt that refers to others", () => {
  const written = { type: "text", text: "{{> main.support.rules@2}}\nSort {{ticket}}" } as const;
  const resolved = promptContent.parse({ type: "text", text: "Be {{tone}}.\nSort {{ticket}}" });

  it("is sent with them in their place, and asks for their values", async () => {
    const { workspace, runner, sent, state } = setUp({ all: loaded(written, { resolved }) });
    expect(variablesOf(state())).toEqual(["tone", "ticket"]);
    setValue(workspace, "tone", "kind");
    setValue(workspace, "ticket", "T-1");
    await runner.runAll();
    expect(texts(sent("small"))).toEqual(["user: Be kind.\nSort T-1"]);
  });

  it("waits, once it is changed, until they are read anew", () => {
    const { workspace, state } = setUp({ all: loaded(written, { resolved }) });
    setValue(workspace, "tone", "kind");
    setValue(workspace, "ticket", "T-1");
    const refer = (version: number) =>
      promptContent.parse({ type: "text", text: `{{> main.support.rules@${version}}} {{ticket}}` });
    editPrompt(workspace, "all", refer(3));
    expect(missingToRun(workspace)).toEqual([`what ${name} v3 refers to`]);
    const asked = state().prompt;
    editPrompt(workspace, "all", refer(4));
    if (asked) noteResolved(workspace, asked, resolved);
    expect(state().prompt?.resolved).toBeNull();
    const now = state().prompt;
    if (now) noteResolved(workspace, now, resolved);
    expect(missingToRun(workspace)).toEqual([]);
  });
});

describe("columns with and without a prompt", () => {
  it("are asked the same input side by side", async () => {
    const { workspace, runner, sent } = setUp({ a: loaded(triage) });
    setPrompt(workspace, "Sort this: {{ticket}}");
    setValue(workspace, "ticket", "T-1");
    await runner.runAll();
    expect(texts(sent("large"))).toEqual(["user: Sort this: T-1"]);
    expect(fieldsOf(sent("large"))).not.toHaveProperty("prompt");
    expect(texts(sent("small"))).toEqual(["system: Sort tickets. Be kind.", "user: Ticket: T-1"]);
  });

  it("that come later are asked by the prompt that stands for them", async () => {
    const { workspace, runner, sent, state } = setUp({ all: loaded(triage) });
    setValue(workspace, "ticket", "T-1");
    await runner.runAll();
    addColumn(workspace, { model: "third", engine: "server" });
    expect(isPromptEdited(state())).toBe(false);
    await runner.runAll();
    expect(sent("third").named?.prompt).toMatchObject({ version: 3, variables: { ticket: "T-1" } });
  });

  it("with separate input begin with the prompt's question and keep what was typed for afterwards", async () => {
    const { workspace, runner, sent } = setUp({ a: loaded(triage) });
    workspace.store.setState({ sameInput: false });
    setValue(workspace, "ticket", "T-1");
    workspace.column("a").setState({ draft: "Why?" });
    await runner.runOne("a");
    expect(texts(sent("small"))).toEqual(["system: Sort tickets. Be kind.", "user: Ticket: T-1"]);
    await runner.runOne("a");
    expect(texts(sent("small")).at(-1)).toBe("user: Why?");
  });

  it("can make the prompt of one hold for all, or keep its text without it", () => {
    const { workspace, state } = setUp({ a: loaded(triage) });
    applyToAll(workspace, "a");
    expect(state().prompt?.version).toBe(3);
    expect(state().columns.every(({ prompt }) => prompt === undefined)).toBe(true);
    takeApart(workspace);
    expect(state()).toMatchObject({
      prompt: undefined,
      system: "Sort tickets. Be {{tone}}.",
      messages: [{ role: "user", text: "Ticket: {{ticket}}" }],
      parameters: { temperature: 0.2, max_tokens: 40 },
      variables: { tone: { type: "choice" } },
    });
  });
});
