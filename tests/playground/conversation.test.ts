import { describe, expect, it } from "vitest";
import { effectiveParameters, messagesFor, turnsOf } from "@/lib/playground/conversation";
import type { Answer } from "@/lib/playground/document";
import { titleOf } from "@/lib/playground/title";

const answered = (text: string, outcome: Answer["outcome"] = "finished"): Answer => ({
  text,
  outcome,
  model: "m",
  engine: { kind: "server", device: "CPU" },
});

describe("what is sent", () => {
  const turns = [
    { id: "t1", parent: null, user: "one" },
    { id: "t2", parent: "t1", user: "two" },
    { id: "t3", parent: "t2", user: "three" },
  ];
  const given = (answers: Record<string, Answer>) => ({
    answers: Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, [answer]])),
    chosen: {},
  });

  it("is the system prompt, the turns before with this column's answers, and the turn", () => {
    const messages = messagesFor("Be brief.", turns, given({ t1: answered("1"), t2: answered("2") }), "t3");
    expect(messages.map(({ role, content }) => `${role}: ${content}`)).toEqual([
      "system: Be brief.",
      "user: one",
      "assistant: 1",
      "user: two",
      "assistant: 2",
      "user: three",
    ]);
  });

  it("has no system message when the system prompt is blank", () => {
    expect(messagesFor("  ", turns, given({}), "t1")).toEqual([{ role: "user", content: "one" }]);
  });

  it("leaves out a turn that got no text, and keeps one that was stopped half way", () => {
    const messages = messagesFor(
      "",
      turns,
      given({ t1: answered("", "failed"), t2: answered("hal", "stopped") }),
      "t3",
    );
    expect(messages.map(({ content }) => content)).toEqual(["two", "hal", "three"]);
  });

  it("does not look ahead when an earlier turn is answered again", () => {
    expect(messagesFor("", turns, given({ t1: answered("1"), t2: answered("2") }), "t2")).toHaveLength(3);
  });

  it("gives a column the turns for all and its own", () => {
    const mixed = [
      { id: "a", user: "all" },
      { id: "b", user: "x", column: "c1" },
      { id: "c", user: "y", column: "c2" },
    ];
    expect(turnsOf(mixed, "c2").map(({ id }) => id)).toEqual(["a", "c"]);
  });

  it("takes a column's value over the one for all, and sends nothing where the column says so", () => {
    expect(
      effectiveParameters({ temperature: 0.4, top_p: 0.9, seed: 7 }, { temperature: 1, top_p: null }),
    ).toEqual({ temperature: 1, seed: 7 });
    expect(effectiveParameters({}, {})).toEqual({});
  });
});

describe("the title of a session", () => {
  const asking = (text: string) => [{ id: "m1", role: "user" as const, text }];

  it("is the first message, cut at a word", () => {
    const user = "Summarise this ticket for the next agent in three sentences, then draft a reply";
    expect(titleOf({ messages: [], turns: [{ user }] })).toBe(
      "Summarise this ticket for the next agent in three…",
    );
  });

  it("is one line, and never ends in half a character", () => {
    expect(titleOf({ messages: asking(" a\n b "), turns: [] })).toBe("a b");
    const title = titleOf({ messages: asking(`${"x".repeat(59)}🙂🙂`), turns: [] });
    expect(title.isWellFormed()).toBe(true);
  });

  it("says that there is none yet", () => {
    expect(titleOf({ messages: asking(""), turns: [] })).toBe("Untitled comparison");
  });
});
