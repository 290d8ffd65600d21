import { describe, expect, it } from "vitest";
import { type DiffLine, diffContents, type PromptContent, promptContent } from "@/lib/prompts";
import { Random } from "../access/model/random";

const text = (template: string, rest: object = {}): PromptContent =>
  promptContent.parse({ type: "text", text: template, ...rest });
const chat = (...messages: object[]): PromptContent => promptContent.parse({ type: "chat", messages });

const marked = (line: DiffLine | null) =>
  line &&
  `${line.number} ${line.spans.map(({ text: run, changed }) => (changed ? `[${run}]` : run)).join("")}`;
const rowsOf = (before: string, after: string) =>
  diffContents(text(before), text(after)).sections.flatMap(({ rows }) =>
    rows.map((row) => [row.kind, marked(row.before), marked(row.after)]),
  );

describe("a diff of texts", () => {
  it("sets lines beside each other and marks the words that changed", () => {
    expect(
      rowsOf(
        "You help support agents.\nAnswer in short sentences.\n\nSummarise it.",
        "You help support agents.\nAnswer in plain sentences.\nNever promise a refund.\n\nSummarise it.",
      ),
    ).toEqual([
      ["same", "1 You help support agents.", "1 You help support agents."],
      ["changed", "2 Answer in [short] sentences.", "2 Answer in [plain] sentences."],
      ["added", null, "3 [Never promise a refund.]"],
      ["same", "3 ", "4 "],
      ["same", "4 Summarise it.", "5 Summarise it."],
    ]);
  });

  it("sets lines that have nothing in common under each other, and likes beside likes", () => {
    expect(rowsOf("one two", "three four")).toEqual([
      ["removed", "1 [one two]", null],
      ["added", null, "1 [three four]"],
    ]);
    expect(rowsOf("keep this line", "something else\nkeep that line")).toEqual([
      ["added", null, "1 [something else]"],
      ["changed", "1 keep [this] line", "2 keep [that] line"],
    ]);
  });

  it("cuts no variable in two", () => {
    expect(rowsOf("Write about {{product.name}} now", "Write about {{product}} now")).toEqual([
      ["changed", "1 Write about [{{product.name}}] now", "1 Write about [{{product}}] now"],
    ]);
  });

  it("counts words, and tells when nothing changed", () => {
    const diff = diffContents(text("one two three"), text("one 2 three four"));
    expect(diff).toMatchObject({ inserted: 2, deleted: 1, isSame: false });
    const same = diffContents(text("one"), text("one"));
    expect(same).toMatchObject({ inserted: 0, deleted: 0, isSame: true });
    expect(same.sections[0]?.changed).toBe(false);
  });

  it("gives both texts back, whatever they hold", () => {
    const words = ["a", "b c", "", "{{x}}", "🙂🙃 d", "\r", "a b c d e"];
    for (let seed = 0; seed < 400; seed++) {
      const random = new Random(seed);
      const some = () => Array.from({ length: random.below(12) }, () => random.pick(words)).join("\n");
      const [before, after] = [some(), some()];
      const rows = diffContents(text(before), text(after)).sections[0]?.rows ?? [];
      const back = (side: "before" | "after") =>
        rows.flatMap((row) => row[side]?.spans.map((span) => span.text).join("") ?? []).join("\n");
      expect([back("before"), back("after")], `seed ${seed}`).toEqual([before, after]);
      for (const side of ["before", "after"] as const)
        expect(rows.flatMap((row) => row[side]?.number ?? [])).toEqual(
          (side === "before" ? before : after).split("\n").map((_, i) => i + 1),
        );
    }
  });

  it("takes a moment for the longest texts", () => {
    const random = new Random(1);
    const long = () =>
      Array.from({ length: 3_000 }, () =>
        Array.from({ length: 12 }, () => `w${random.below(400)}`).join(" "),
      ).join("\n");
    const start = performance.now();
    diffContents(text(long().slice(0, 200_000)), text(long().slice(0, 200_000)));
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe("a diff of messages", () => {
  it("finds each message again and tells which came and went", () => {
    const before = chat({ role: "system", text: "Be brief." }, { role: "user", text: "Say {{x}}." });
    const after = chat(
      { role: "system", text: "Be brief." },
      { placeholder: "history" },
      { role: "assistant", text: "Say {{x}}." },
    );
    const { sections } = diffContents(before, after);
    expect(
      sections.map(({ before: old, after: now, changed }) => [
        old?.role,
        now?.role ?? now?.placeholder,
        changed,
      ]),
    ).toEqual([
      ["system", "system", false],
      [undefined, "history", true],
      ["user", "assistant", true],
    ]);
    expect(diffContents(text("x"), before).sections).toHaveLength(3);
  });
});

describe("a diff of the configuration", () => {
  it("has a row for each setting that either has", () => {
    const schema = (type: string) => ({
      type: "json_schema",
      json_schema: { name: "answer", schema: { type: "object", properties: { a: { type } } } },
    });
    const before = text("{{tone}}", {
      model: "small",
      parameters: { temperature: 0.7 },
      variables: [{ name: "tone" }],
      responseFormat: schema("string"),
    });
    const after = text("{{tone}}", {
      model: "small",
      parameters: { temperature: 0.4, max_tokens: 400 },
      variables: [{ name: "tone", type: { type: "choice", options: ["warm", "dry"] }, default: "dry" }],
      responseFormat: schema("number"),
    });
    const rows = diffContents(before, after).configuration;
    expect(rows.map(({ path, before: old, after: now, changed }) => [path, changed, old, now])).toEqual([
      ["model", false, "small", "small"],
      ["parameters.temperature", true, "0.7", "0.4"],
      ["parameters.max_tokens", true, null, "400"],
      ["responseFormat", true, expect.stringContaining('"string"'), expect.stringContaining('"number"')],
      ["variables.tone", true, "text, needed", "one of warm, dry, else “dry”"],
    ]);
    expect(
      rows[3]?.lines?.filter(({ kind }) => kind !== "same").map(({ after: line }) => marked(line)),
    ).toEqual([expect.stringContaining('"type": "[number]"')]);
  });
});
