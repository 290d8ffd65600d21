import { describe, expect, it } from "vitest";
import {
  conflictMarks,
  contentHash,
  lint,
  mergeContents,
  type PromptContent,
  parseTemplate,
  promptContent,
  resolvedContent,
  type TemplateMessage,
} from "@/lib/prompts";

const text = (template: string, rest: object = {}): PromptContent =>
  promptContent.parse({ type: "text", text: template, ...rest });
const chat = (...messages: TemplateMessage[]): PromptContent =>
  promptContent.parse({ type: "chat", messages });
const system = (template: string): TemplateMessage => ({ role: "system", text: template });
const user = (template: string): TemplateMessage => ({ role: "user", text: template });

const textMerge = (base: string, theirs: string, mine: string) => {
  const { merged, conflicts } = mergeContents(text(base), text(theirs), text(mine));
  return { merged: merged.type === "text" ? merged.text : "", conflicts };
};
const messagesOf = (content: PromptContent) => (content.type === "chat" ? content.messages : []);

describe("a merge of texts", () => {
  it("takes what each side changed", () => {
    expect(textMerge("a\nb\nc\nd", "A\nb\nc\nd", "a\nb\nc\nD\ne")).toEqual({
      merged: "A\nb\nc\nD\ne",
      conflicts: [],
    });
    expect(textMerge("a\nb\nc", "b\nc", "a\nb")).toEqual({ merged: "b", conflicts: [] });
    expect(textMerge("a\nb", "A\nb", "a\nB")).toEqual({ merged: "A\nB", conflicts: [] });
    expect(textMerge("a\nb", "a\nB", "a\nb\nc")).toEqual({ merged: "a\nB\nc", conflicts: [] });
    expect(textMerge("a\nb", "x\na\nb", "A\nb")).toEqual({ merged: "x\nA\nb", conflicts: [] });
    expect(textMerge("a\r\nb\r\n", "A\r\nb\r\n", "a\r\nb\r\nc")).toEqual({
      merged: "A\r\nb\r\nc",
      conflicts: [],
    });
  });

  it("takes what both changed alike once, also beside what only one changed", () => {
    expect(textMerge("a\nb", "a\nx\nb", "a\nx\nB")).toEqual({ merged: "a\nx\nB", conflicts: [] });
    expect(textMerge("a", "a\nx\ny", "a\nx\ny\nz").merged).toBe("a\nx\ny\nz");
  });

  it("marks lines that both changed in different ways, as few as can be", () => {
    const { merged, conflicts } = textMerge("one\ntwo\nthree", "one\n2\nthree", "one\nII\nthree");
    expect(merged).toBe("one\n<<<<<<< mine\nII\n||||||| base\ntwo\n=======\n2\n>>>>>>> theirs\nthree");
    expect(conflicts).toEqual([{ path: "text", base: "two", theirs: "2", mine: "II" }]);
    expect(conflictMarks(merged)).toEqual({ start: 4, end: merged.length - 6 });
    expect(textMerge("a", "a\nx", "a\ny").conflicts).toEqual([
      { path: "text", base: null, theirs: "x", mine: "y" },
    ]);
    expect(textMerge("a\nb\nc", "a\nc", "a\nB\nc").conflicts).toEqual([
      { path: "text", base: "b", theirs: null, mine: "B" },
    ]);
    expect(textMerge("a", "x\nsame", "y\nsame").conflicts).toEqual([
      { path: "text", base: "a", theirs: "x", mine: "y" },
    ]);
  });

  it("keeps a mark whole that spans lines", () => {
    const { merged } = textMerge("a {{\nname\n}} b", "x {{\nname\n}} b", "a {{\nname\n}} y");
    expect(parseTemplate(merged).filter(({ kind }) => kind === "variable")).toHaveLength(3);
    expect(textMerge("{{\na}}\nz", "{{\na}}\nZ", "{{\nb}}\nz").merged).toBe("{{\nb}}\nZ");
  });

  it("shows very many conflicts as one", () => {
    const lines = (word: string) =>
      Array.from({ length: 500 }, (_, i) => (i % 2 ? `kept ${i}` : `${word} ${i}`)).join("\n");
    const { merged, conflicts } = textMerge(lines("base"), lines("theirs"), lines("mine"));
    expect(conflicts).toHaveLength(1);
    expect(merged.split("\n").filter((line) => line === "<<<<<<< mine")).toHaveLength(1);
    expect(merged.length).toBeLessThan(lines("theirs").length * 3 + 100);
  });
});

describe("a merge of messages", () => {
  const base = chat(system("You help.\nBe brief."), user("Summarise {{ticket}}."));

  it("merges each message with the one it came from", () => {
    const theirs = chat(system("You help agents.\nBe brief."), user("Summarise {{ticket}}."));
    const mine = chat(system("You help.\nBe very brief."), user("Sum up {{ticket}}."), {
      role: "assistant",
      text: "Ok",
    });
    expect(mergeContents(base, theirs, mine)).toEqual({
      merged: chat(system("You help agents.\nBe very brief."), user("Sum up {{ticket}}."), {
        role: "assistant",
        text: "Ok",
      }),
      conflicts: [],
    });
  });

  it("finds a message again where others came before it", () => {
    const theirs = chat(
      system("You help.\nBe brief."),
      { placeholder: "history" },
      user("An example."),
      user("Summarise {{ticket}}."),
    );
    const mine = chat(system("You help.\nBe brief."), user("Summarise {{ticket}} in one line."));
    const { merged, conflicts } = mergeContents(base, theirs, mine);
    expect(conflicts).toEqual([]);
    expect(messagesOf(merged).at(-1)).toEqual(user("Summarise {{ticket}} in one line."));
    expect(messagesOf(merged)).toHaveLength(4);
  });

  it("names the message whose text or role is in conflict", () => {
    const theirs = chat(
      { placeholder: "history" },
      system("You help.\nBe brief."),
      user("Translate {{ticket}}."),
    );
    const mine = chat(system("You help.\nBe brief."), user("Sum up {{ticket}}."));
    const { merged, conflicts } = mergeContents(base, theirs, mine);
    expect(conflicts).toEqual([
      {
        path: "messages.2.text",
        base: "Summarise {{ticket}}.",
        theirs: "Translate {{ticket}}.",
        mine: "Sum up {{ticket}}.",
      },
    ]);
    expect(lint(merged).map(({ rule }) => rule)).toContain("conflict-mark");
  });

  it("keeps mine where one side took out what the other changed", () => {
    const without = chat(system("You help.\nBe brief."));
    const changed = chat(system("You help.\nBe brief."), user("Summarise {{ticket}} now."));
    const kept = mergeContents(base, without, changed);
    expect(kept.merged).toEqual(changed);
    expect(kept.conflicts).toEqual([
      {
        path: "messages.1",
        base: "user: Summarise {{ticket}}.",
        theirs: null,
        mine: "user: Summarise {{ticket}} now.",
      },
    ]);
    const gone = mergeContents(base, changed, without);
    expect(gone.merged).toEqual(without);
    expect(gone.conflicts).toMatchObject([{ path: "messages", mine: null }]);
  });

  it("is a conflict where both put different messages into one place, or nothing would be left", () => {
    const added = (word: string) => chat(...messagesOf(base), { role: "assistant", text: word });
    expect(mergeContents(base, added("one"), added("one"))).toEqual({ merged: added("one"), conflicts: [] });
    const both = mergeContents(base, added("one"), added("two"));
    expect(both.merged).toEqual(added("two"));
    expect(both.conflicts).toEqual([
      { path: "messages", base: null, theirs: "assistant: one", mine: "assistant: two" },
    ]);
    const [first = system(""), second = user("")] = messagesOf(base);
    expect(mergeContents(base, chat(first), chat(second))).toMatchObject({
      merged: chat(second),
      conflicts: [{ path: "messages" }],
    });
  });
});

describe("a merge of the configuration", () => {
  const declare = (name: string, rest: object = {}) => ({ name, ...rest });

  it("goes by variables, parameters and parts of a schema", () => {
    const schema = (properties: object, required: string[]) => ({
      type: "json_schema",
      json_schema: { name: "x", schema: { type: "object", properties, required } },
    });
    const one = { type: "string" };
    const base = text("t", {
      variables: [declare("a"), declare("b")],
      parameters: { temperature: 1, seed: 1 },
      responseFormat: schema({ a: one }, ["a"]),
    });
    const theirs = text("t", {
      variables: [declare("a", { description: "Theirs" }), declare("b"), declare("c")],
      parameters: { temperature: 0, seed: 1, top_p: 0.5 },
      model: "small",
      responseFormat: schema({ a: one, b: one }, ["a", "b"]),
    });
    const mine = text("t", {
      variables: [declare("a", { default: "x" }), declare("d")],
      parameters: { temperature: 1 },
      responseFormat: schema({ a: one, c: one }, ["a", "c"]),
    });
    const { merged, conflicts } = mergeContents(base, theirs, mine);
    expect(conflicts).toEqual([]);
    expect(merged).toEqual(
      text("t", {
        variables: [declare("a", { description: "Theirs", default: "x" }), declare("c"), declare("d")],
        parameters: { temperature: 0, top_p: 0.5 },
        model: "small",
        responseFormat: schema({ a: one, b: one, c: one }, ["a", "b", "c"]),
      }),
    );
  });

  it("names what both changed and keeps mine", () => {
    const base = text("t", {
      variables: [declare("a"), declare("b")],
      parameters: { temperature: 1 },
      model: "x",
    });
    const theirs = text("t", {
      variables: [declare("a", { type: { type: "number" } })],
      parameters: { temperature: 0 },
      model: "y",
      responseFormat: { type: "json_object" },
    });
    const mine = text("t", {
      variables: [declare("a", { default: "one" }), declare("b", { description: "New" })],
      parameters: {},
      model: "z",
      responseFormat: { type: "text" },
    });
    const { merged, conflicts } = mergeContents(base, theirs, mine);
    expect(merged).toEqual(mine);
    expect(conflicts.map(({ path, theirs: their, mine: my }) => [path, their, my])).toEqual([
      ["variables.a.type", '{"type":{"type":"number"}}', '{"type":{"type":"text"},"default":"one"}'],
      ["variables.b", null, expect.stringContaining("New")],
      ["model", "y", "z"],
      ["parameters.temperature", "0", null],
      ["responseFormat", '{"type":"json_object"}', '{"type":"text"}'],
    ]);
  });

  it("does not take null for absent", () => {
    const format = (schema: object) =>
      text("t", { responseFormat: { type: "json_schema", json_schema: { name: "x", schema } } });
    const { merged } = mergeContents(format({ a: 1 }), format({ a: 1, default: null }), format({ a: 2 }));
    expect(merged).toEqual(format({ a: 2, default: null }));
  });

  it("never gives more than a version may hold", () => {
    const many = (word: string) =>
      text("t", { variables: Array.from({ length: 30 }, (_, i) => declare(`${word}${i}`)) });
    const { merged, conflicts } = mergeContents(text("t"), many("a"), many("b"));
    expect(merged).toEqual(many("b"));
    expect(conflicts).toMatchObject([{ path: "variables" }]);
    const long = (a: string, b: string) => text(`${a}\nmiddle\n${b}`);
    const grown = mergeContents(long("", ""), long("x".repeat(150_000), ""), long("", "y".repeat(150_000)));
    expect(grown.conflicts).toMatchObject([{ path: "text" }]);
    expect(promptContent.safeParse(grown.merged).success).toBe(true);
  });
});

describe("the time of a merge", () => {
  it("is short for 50 messages and for the longest text, whatever they hold", () => {
    const letters = "abcdefghij";
    const random = (seed: number, length: number, breaks: number) => {
      let state = seed;
      let out = "";
      while (out.length < length) {
        state = (Math.imul(state, 1103515245) + 12345) >>> 0;
        out += state % breaks === 0 ? "\n" : letters[(state >>> 8) % 10];
      }
      return out;
    };
    const messages = (seed: number) =>
      chat(...Array.from({ length: 50 }, (_, i) => user(random(seed * 100 + i, 4_000, 40))));
    const times: number[] = [];
    const timed = (base: PromptContent, theirs: PromptContent, mine: PromptContent) => {
      const start = performance.now();
      const { merged } = mergeContents(base, theirs, mine);
      times.push(performance.now() - start);
      expect(resolvedContent.safeParse(merged).success).toBe(true);
    };
    timed(messages(1), messages(2), messages(3));
    for (const breaks of [2, 3, 40, 1_000_000])
      timed(
        ...([1, 2, 3].map((seed) => text(random(seed, 199_000, breaks))) as [
          PromptContent,
          PromptContent,
          PromptContent,
        ]),
      );
    timed(text("\n".repeat(200_000)), text("a\n".repeat(100_000)), text("b\n\n".repeat(66_000)));
    expect(Math.max(...times)).toBeLessThan(4_000);
  });
});

describe("the hash of a content", () => {
  it("is the same for the same content, in whatever order it was written", () => {
    const one = text("t", { parameters: { temperature: 1, seed: 2 } });
    const other = { ...one, parameters: { seed: 2, temperature: 1, top_p: undefined } };
    expect(contentHash(other as PromptContent)).toBe(contentHash(one));
    expect(contentHash(one)).toMatch(/^[0-9a-f]{64}$/);
    expect(contentHash(text("T"))).not.toBe(contentHash(text("t")));
  });

  it("refuses what is nested without end", () => {
    let schema: object = {};
    for (let i = 0; i < 20_000; i++) schema = { a: schema };
    const responseFormat = { type: "json_schema", json_schema: { name: "x", schema } };
    expect(() => contentHash({ ...text("t"), responseFormat } as PromptContent)).toThrow(
      expect.objectContaining({ code: "unprocessable" }),
    );
  });
});
