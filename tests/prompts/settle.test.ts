import { describe, expect, it } from "vitest";
import {
  conflictMarks,
  type MergeResult,
  mergeContents,
  type PromptContent,
  type Settlement,
  settleConflicts,
} from "@/lib/prompts";
import { versionOf } from "./one-pages";

type Chat = PromptContent & { type: "chat" };
const chat = (messages: Chat["messages"], more: Partial<Omit<Chat, "type">> = {}): Chat => ({
  type: "chat",
  messages,
  variables: [],
  model: null,
  parameters: {},
  responseFormat: null,
  ...more,
});
const text = (text: string): PromptContent => ({ ...chat([]), type: "text", text }) as PromptContent;

function clash(base: PromptContent, theirs: PromptContent, mine: PromptContent): MergeResult {
  return {
    base: versionOf(1, base),
    theirs: versionOf(2, theirs),
    mine,
    ...mergeContents(base, theirs, mine),
  };
}

const all = ({ conflicts }: MergeResult, choice: Settlement) => conflicts.map(() => choice);

describe("a merge whose conflicts are settled", () => {
  const base = text("one\ntwo\nthree\nfour\nfive\nsix");
  const theirs = text("one\nTWO\nthree\nfour\nFIVE\nsix\nseven");
  const mine = text("one\nzwei\nthree\nfour\nfünf\nsix");
  const result = clash(base, theirs, mine);

  it("takes each place from the side that was chosen, and keeps what only one changed", () => {
    expect(result.conflicts).toHaveLength(2);
    const settled = settleConflicts(result, ["mine", "theirs"]);
    expect(settled).toMatchObject({ text: "one\nzwei\nthree\nfour\nFIVE\nsix\nseven" });
    expect(settleConflicts(result, ["base", "base"])).toMatchObject({
      text: "one\ntwo\nthree\nfour\nfive\nsix\nseven",
    });
  });

  it("leaves no mark of a conflict, whatever is chosen", () => {
    for (const one of ["mine", "theirs", "base"] as const)
      for (const other of ["mine", "theirs", "base"] as const) {
        const settled = settleConflicts(result, [one, other]);
        expect(settled.type === "text" && conflictMarks(settled.text)).toBeNull();
      }
  });

  it("takes lines out that the chosen side does not have", () => {
    const removed = clash(text("one\ntwo\nthree"), text("one\nthree"), text("one\nzwei\nthree"));
    expect(removed.conflicts).toHaveLength(1);
    expect(settleConflicts(removed, ["theirs"])).toMatchObject({ text: "one\nthree" });
    expect(settleConflicts(removed, ["mine"])).toMatchObject({ text: "one\nzwei\nthree" });
    const whole = clash(text("one\nend"), text("end"), text("eins\nend"));
    expect(settleConflicts(whole, ["theirs"])).toMatchObject({ text: "end" });
  });

  it("settles texts and roles of messages where they stand after the merge", () => {
    const first = { role: "system" as const, text: "Be short." };
    const second = { role: "user" as const, text: "Ask {{question}}." };
    const before = chat([first, second]);
    const after = chat([
      { role: "system", text: "A new message in front, by them alone." },
      first,
      { role: "user", text: "Ask {{question}} twice." },
    ]);
    const own = chat([first, { role: "user", text: "Answer {{question}}." }]);
    const merged = clash(before, after, own);
    expect(merged.conflicts.map(({ path }) => path)).toEqual(["messages.2.text"]);
    expect(settleConflicts(merged, ["theirs"])).toMatchObject({ messages: after.messages });
    expect(settleConflicts(merged, ["mine"])).toMatchObject({
      messages: [after.messages[0], first, own.messages[1]],
    });
  });

  it("takes parameters, model, format and variables as the chosen side has them", () => {
    const tone = { name: "tone", type: { type: "text" as const }, description: "" };
    const message = [{ role: "user" as const, text: "{{tone}}" }];
    const before = chat(message, { model: "a", parameters: { temperature: 1, seed: 1 }, variables: [tone] });
    const theirs = chat(message, {
      model: "b",
      parameters: { temperature: 0.2 },
      variables: [{ ...tone, description: "theirs" }],
      responseFormat: { type: "json_object" },
    });
    const mine = chat(message, {
      model: "c",
      parameters: { temperature: 0.9, seed: 2 },
      variables: [{ ...tone, description: "mine" }],
      responseFormat: { type: "regex", pattern: "yes|no" },
    });
    const merged = clash(before, theirs, mine);
    expect(merged.conflicts.map(({ path }) => path).sort()).toEqual([
      "model",
      "parameters.seed",
      "parameters.temperature",
      "responseFormat",
      "variables.tone.description",
    ]);
    expect(settleConflicts(merged, all(merged, "theirs"))).toEqual(theirs);
    expect(settleConflicts(merged, all(merged, "mine"))).toEqual(mine);
    expect(settleConflicts(merged, all(merged, "base"))).toEqual(before);
  });

  it("takes a variable that one side removed away again, or back", () => {
    const tone = { name: "tone.description", type: { type: "text" as const }, description: "" };
    const message = [{ role: "user" as const, text: "x" }];
    const merged = clash(
      chat(message, { variables: [tone] }),
      chat(message),
      chat(message, { variables: [{ ...tone, description: "mine" }] }),
    );
    expect(merged.conflicts).toHaveLength(1);
    expect(settleConflicts(merged, ["theirs"]).variables).toEqual([]);
    expect(settleConflicts(merged, ["mine"]).variables).toEqual([{ ...tone, description: "mine" }]);
    expect(settleConflicts(merged, ["base"]).variables).toEqual([tone]);
  });
});
