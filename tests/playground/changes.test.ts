import { describe, expect, it } from "vitest";
import { changesBetween } from "@/lib/playground/changes";
import { answer, documentWith } from "./documents";

const titled = (change: Parameters<typeof documentWith>[0] = {}, title = "T") => ({
  title,
  document: documentWith(change),
});

const said = (here: ReturnType<typeof titled>, there = titled()) =>
  changesBetween(here, there).map((change) => [change.what, change.here, change.there]);

describe("the changes between two states", () => {
  it("are none when they say the same", () => {
    expect(said(titled())).toEqual([]);
  });

  it("name the texts that differ, for a comparison word by word", () => {
    const here = titled({ system: "New.", values: { place: "Oslo" } }, "Mine");
    expect(changesBetween(here, titled())).toEqual([
      { what: "Title", here: "Mine", there: "T", prose: true },
      { what: "System prompt", here: "New.", there: "Answer with one word.", prose: true },
      { what: "Value of place", here: "Oslo", there: "", prose: true },
    ]);
  });

  it("go through messages, their roles and files", () => {
    const here = titled({
      messages: [
        {
          id: "m1",
          role: "user",
          text: "The sensor paired at once.",
          attachments: [{ kind: "text", id: "f1", name: "log.txt", text: "x" }],
        },
        { id: "m2", role: "assistant", text: "It" },
      ],
    });
    expect(said(here)).toEqual([
      ["Files of message 1", "log.txt", "none"],
      ["Role of message 2", "assistant", "none"],
      ["Message 2", "It", ""],
    ]);
  });

  it("name parameters, for all and of a column, models and columns that are on one side only", () => {
    const here = titled({
      parameters: { temperature: 1, stop: ["a", "b"] },
      columns: [
        { id: "a", model: "other", engine: "remote", parameters: { seed: 8, top_p: null }, system: "Own." },
        { id: "b", model: "pebble-2m", engine: "browser", parameters: {} },
      ],
    });
    expect(said(here)).toEqual([
      ["temperature", "1", "0.4"],
      ["stop", "a, b", "not sent"],
      ["Model of column A", "other, remote", "pebble-2m, server"],
      ["System prompt of column A", "Own.", ""],
      ["seed of column A", "8", "7"],
      ["Model of column B", "pebble-2m, browser", "none"],
    ]);
  });

  it("count turns and rows that are not the same on both sides", () => {
    const [turn] = documentWith().turns;
    if (!turn) throw new Error("The sample has a turn");
    const changed = { ...turn, answers: { a: [answer, { ...answer, text: "again" }] } };
    const here = titled({ turns: [changed, { ...turn, id: "t2", parent: "t1" }] });
    expect(said(here)).toEqual([["Turns", "2, 2 of them only here", "1, 1 of them only there"]]);
    expect(said(titled({ rows: [{ id: "r1", values: {}, answers: {} }] }))).toEqual([
      ["Rows", "1, 1 of them only here", "0"],
    ]);
  });

  it("tell format, repeats, probabilities, types, order of columns and the switch of the same input", () => {
    const two = [
      { id: "a", model: "m", engine: "server" as const, parameters: {} },
      { id: "b", model: "n", engine: "server" as const, parameters: {} },
    ];
    const here = titled({
      columns: two,
      format: { type: "regex", schema: "", pattern: "a+" },
      repeats: 3,
      logprobs: 5,
      sameInput: false,
      task: "triage",
      variables: { tone: { type: "choice", options: ["warm", "dry"] } },
    });
    expect(said(here, titled({ columns: [...two].reverse() }))).toEqual([
      ["Type of tone", "choice of warm, dry", "text"],
      ["Answer format", "regex", "text"],
      ["Pattern of the answer", "a+", ""],
      ["Answers to a message", "3", "1"],
      ["Alternatives of a token", "5", "not sent"],
      ["Same input", "off", "on"],
      ["Task", "triage", "none"],
      ["Order of the columns", "moved", "as saved"],
    ]);
  });

  it("does not count what only had its keys written in another order", () => {
    const document = documentWith();
    const shuffled = {
      ...document,
      turns: document.turns.map(({ user, id, ...rest }) => ({ ...rest, user, id })),
    };
    expect(changesBetween({ title: "a", document }, { title: "a", document: shuffled })).toEqual([]);
  });
});
