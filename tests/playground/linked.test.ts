import { describe, expect, it } from "vitest";
import { choicesOf } from "@/lib/playground/choices";
import { parseLink } from "@/lib/playground/link";
import { beginningOf, type Linked } from "@/lib/playground/linked";
import { formatPrompts, isAskedBy } from "@/lib/playground/prompt-link";
import type { LoadedPrompt } from "@/lib/playground/prompt-schema";
import type { PromptReplay } from "@/lib/prompts";
import { models } from "./api";
import { loaded, name, triage } from "./library";

const linkTo = (search: string) => parseLink(new URLSearchParams(search));
const column = (prompt?: LoadedPrompt) => ({
  id: "a",
  model: "m",
  engine: "server" as const,
  parameters: {},
  ...(prompt ? { prompt } : {}),
});

describe("prompts in the address", () => {
  it("are named by alias, by version, or are the ones in production", () => {
    const { prompts, strange } = linkTo(
      `prompt=${name}@production&prompt=${name}@7&prompt=${name}@v12&prompt=${name}&prompt=&prompt=${name}@rc-1.2`,
    );
    expect(prompts).toEqual([
      { name, choice: { alias: "production" } },
      { name, choice: { version: 7 } },
      { name, choice: { version: 12 } },
      { name, choice: {} },
      null,
      { name, choice: { alias: "rc-1.2" } },
    ]);
    expect(strange).toEqual([]);
  });

  it("that are no names are said to be none", () => {
    const { prompts, strange } = linkTo(
      `prompt=triage@3&prompt=${name}@&prompt=${name}@0&prompt=${name}@Prod`,
    );
    expect(prompts).toEqual([null, null, null, null]);
    expect(strange).toEqual(["triage@3", `${name}@`, `${name}@0`, `${name}@Prod`]);
  });

  it("may stand in a catalog whose name has an @, and cannot be mistaken for an alias", () => {
    expect(linkTo("prompt=a@1.b.c@2").prompts).toEqual([{ name: "a@1.b.c", choice: { version: 2 } }]);
  });

  it("give back what they were made of", () => {
    const one = loaded(triage, { alias: "production" });
    const two = loaded(triage, { version: 5 });
    const states = [
      { columns: [column(), column()], prompt: one },
      { columns: [column(one), column(two)] },
      { columns: [column(one), column()] },
      { columns: [column(two), column()], prompt: one },
    ];
    for (const state of states)
      expect(isAskedBy(state, linkTo(formatPrompts(state)).prompts), formatPrompts(state)).toBe(true);
    expect(formatPrompts({ columns: [column(), column()] })).toBe("");
    expect(formatPrompts({ columns: [column(one), column()] })).toBe(`prompt=${name}@production&prompt=`);
    const plain = { columns: [column(), column()], prompt: two };
    expect(isAskedBy(plain, linkTo(`prompt=${name}@5`).prompts)).toBe(true);
    expect(isAskedBy(plain, linkTo(`prompt=${name}@6`).prompts)).toBe(false);
    expect(isAskedBy(plain, linkTo(`prompt=${name}@5&prompt=${name}@6`).prompts)).toBe(false);
    expect(isAskedBy({ ...plain, prompt: one }, linkTo(`prompt=${name}`).prompts)).toBe(true);
  });
});

describe("what a link begins", () => {
  const choices = choicesOf(models);
  const begin = (
    linked: Partial<Linked>,
    search = "",
    before = [{ engine: "browser" as const, model: "x" }],
  ) => beginningOf({ prompts: [], replay: null, ...linked }, linkTo(search), choices, before);
  const replay: PromptReplay = {
    id: "inv_1",
    version: 3,
    alias: null,
    model: "hosted/large",
    engine: "remote",
    at: "2026-11-21T09:11:00.000Z",
    by: { id: "usr_1", name: "Noor" },
    variables: { ticket: "T-1" },
    cut: [],
  };

  it("is one prompt for the columns that are open", () => {
    const prompt = loaded(triage);
    expect(begin({ prompts: [prompt] })).toEqual({
      columns: [{ engine: "browser", model: "x" }],
      prompt,
      values: {},
    });
  });

  it("takes over nothing but the models of what is open", () => {
    const before = [{ ...column(loaded(triage, { version: 9 })), parameters: { temperature: 1 } }];
    const { columns } = beginningOf({ prompts: [loaded(triage)], replay: null }, linkTo(""), choices, before);
    expect(columns).toEqual([{ engine: "server", model: "m" }]);
  });

  it("is run by the model it was made for where that can be called, else by the link's or those open", () => {
    const made = loaded({ ...triage, model: "hosted/large" });
    const models = (linked: LoadedPrompt, search?: string) =>
      begin({ prompts: [linked] }, search).columns.map(({ model }) => model);
    expect(models(made)).toEqual(["hosted/large"]);
    expect(models(made, "model=server:pebble-2m")).toEqual(["pebble-2m"]);
    expect(models(loaded({ ...triage, model: "gone" }))).toEqual(["x"]);
  });

  it("is two versions on one model, so that the text alone differs", () => {
    const { columns, prompt } = begin({ prompts: [loaded(triage), loaded(triage, { version: 5 })] });
    expect(columns.map(({ model, engine, prompt: own }) => [engine, model, own?.version])).toEqual([
      ["server", "pebble-2m", 3],
      ["server", "pebble-2m", 5],
    ]);
    expect(prompt).toBeUndefined();
  });

  it("is a past call with its own model and values", () => {
    const { columns, values } = begin({
      prompts: [loaded(triage), loaded(triage, { version: 5 })],
      replay,
    });
    expect(columns.map(({ model, engine, prompt }) => [engine, model, prompt?.version])).toEqual([
      ["remote", "hosted/large", 3],
      ["remote", "hosted/large", 5],
    ]);
    expect(values).toEqual({ ticket: "T-1" });
  });
});
