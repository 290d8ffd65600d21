import { describe, expect, it } from "vitest";
import {
  type PromptContentInput,
  parseTemplate,
  promptContent,
  usedVariables,
  variablesOf,
} from "@/lib/prompts";
import { render } from "@/lib/prompts/template/render";

const text = (template: string, rest: object = {}) =>
  promptContent.parse({ type: "text", text: template, ...rest } as PromptContentInput);

const written = (template: string) =>
  parseTemplate(template).map(({ kind, start, end }) => [kind, template.slice(start, end)]);

describe("the syntax of templates", () => {
  it("finds variables and references and leaves nothing out", () => {
    expect(written("Hi {{ name }}, {{> main.support.rules@production}}{{x.y-z}}!")).toEqual([
      ["text", "Hi "],
      ["variable", "{{ name }}"],
      ["text", ", "],
      ["reference", "{{> main.support.rules@production}}"],
      ["variable", "{{x.y-z}}"],
      ["text", "!"],
    ]);
  });

  it("reads an alias, a version or neither", () => {
    const read = (mark: string) => parseTemplate(mark)[0];
    const place = (mark: string) => ({ start: 0, end: mark.length });
    for (const [mark, alias, version] of [
      ["{{>a.b.c@staging}}", "staging", null],
      ["{{> a.b.c@7 }}", null, 7],
      ["{{> a.b.c@v7}}", null, 7],
      ["{{> a.b.c@latest}}", "latest", null],
      ["{{> a.b.c}}", null, null],
    ] as const)
      expect(read(mark)).toEqual({ kind: "reference", fullName: "a.b.c", alias, version, ...place(mark) });
    expect(read("{{> mån.späße.c@7}}")).toMatchObject({ fullName: "mån.späße.c" });
    expect(read("{{> a@home.b.c@7}}")).toMatchObject({ fullName: "a@home.b.c", version: 7 });
  });

  it("takes what only looks like a mark for text", () => {
    for (const template of [
      "{{ first name }}",
      "{{1a}}",
      "{{a}",
      "{a}}",
      "{{> a.b}}",
      "{{> a.b.c@}}",
      "{{> a.b.c@0}}",
      "{{> a.b.c@1000001}}",
      "{{> a.b.c@Production}}",
      "{{> a.b.c.d@x}}",
      `{{${"a".repeat(65)}}}`,
    ])
      expect(written(template)).toEqual([["text", template]]);
    expect(written("{{{a}}}")).toEqual([
      ["text", "{"],
      ["variable", "{{a}}"],
      ["text", "}"],
    ]);
    expect(parseTemplate("")).toEqual([]);
  });

  it("reads hostile texts in linear time", () => {
    const start = performance.now();
    for (const piece of ["{{", "{{ ", "{{> ", "{{> a.", "{{a ", "{{> a.b.c@", " ", "{{a}}"])
      parseTemplate(piece.repeat(200_000 / piece.length));
    parseTemplate(`{{${" ".repeat(200_000)}`);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe("the variables of a prompt", () => {
  it("are the declared ones, then those that are used, as required texts", () => {
    const content = promptContent.parse({
      type: "chat",
      messages: [
        { role: "system", text: "{{b}} {{a}}" },
        { placeholder: "history" },
        { role: "user", text: "{{a}} {{c}}" },
      ],
      variables: [{ name: "a", type: { type: "number" }, default: "1" }, { name: "unused" }],
    });
    expect(usedVariables(content)).toEqual(["b", "a", "c"]);
    expect(variablesOf(content).map(({ name, type, default: value }) => [name, type.type, value])).toEqual([
      ["a", "number", "1"],
      ["unused", "text", undefined],
      ["b", "text", undefined],
      ["c", "text", undefined],
    ]);
  });
});

describe("filling in", () => {
  it("makes one user message of a text prompt", () => {
    expect(render(text("{{a}} and {{ a }}"), { a: "x" }, {})).toEqual({
      text: "x and x",
      messages: [{ role: "user", content: "x and x" }],
    });
  });

  it("puts messages where their placeholder stands", () => {
    const content = promptContent.parse({
      type: "chat",
      messages: [
        { role: "system", text: "Be {{tone}}." },
        { placeholder: "history" },
        { role: "user", text: "{{ask}}" },
      ],
    });
    const history = [
      { role: "user" as const, content: "{{ask}}" },
      { role: "assistant" as const, content: "Yes." },
    ];
    expect(render(content, { tone: "brief", ask: "Why?" }, { history })).toEqual({
      text: null,
      messages: [{ role: "system", content: "Be brief." }, ...history, { role: "user", content: "Why?" }],
    });
    expect(render(content, { tone: "brief", ask: "Why?" }, { history: [] }).messages).toHaveLength(2);
  });

  it("never reads a value as a template", () => {
    const values = { a: "{{b}} {{> main.default.secret@1}} $& $1", b: "{{a}}" };
    expect(render(text("{{a}}|{{b}}"), values, {}).text).toBe(`${values.a}|{{a}}`);
    expect(render(text("{{{a}}}"), { a: "{b}" }, {}).text).toBe("{{b}}");
  });

  it("names everything that is missing", () => {
    const content = promptContent.parse({
      type: "chat",
      messages: [{ placeholder: "history" }, { role: "user", text: "{{a}} {{b}} {{c}} {{constructor}}" }],
      variables: [{ name: "b", default: "" }],
    });
    expect(() => render(content, { c: 1 }, {})).toThrow(
      expect.objectContaining({
        code: "invalid",
        message: "Values are missing for a, constructor and history.",
        details: [
          { path: "variables.a", message: expect.any(String) },
          { path: "variables.constructor", message: expect.any(String) },
          { path: "placeholders.history", message: expect.any(String) },
        ],
      }),
    );
  });

  it("refuses values of a wrong type and takes numbers and truth values in words", () => {
    const variables = [
      { name: "n", type: { type: "number" } },
      { name: "b", type: { type: "boolean" } },
      { name: "c", type: { type: "choice", options: ["short", "long"] } },
    ];
    const content = text("{{n}} {{b}} {{c}}", { variables });
    expect(render(content, { n: 1.5, b: false, c: "long" }, {}).text).toBe("1.5 false long");
    expect(render(content, { n: "-2e3", b: "true", c: "short" }, {}).text).toBe("-2e3 true short");
    expect(() => render(content, { n: "two", b: 0, c: "medium" }, {})).toThrow(
      expect.objectContaining({
        code: "unprocessable",
        details: [
          { path: "variables.n", message: "The value of n is not a number." },
          { path: "variables.b", message: "The value of b is neither true nor false." },
          { path: "variables.c", message: "The value of c is none of “short”, “long”." },
        ],
      }),
    );
    expect(() => render(content, { n: Number.NaN, b: true, c: "short" }, {})).toThrow(/not a number/);
  });

  it("has an end, however often a long value is used", () => {
    const content = text("{{a}}".repeat(30));
    expect(() => render(content, { a: "x".repeat(200_000) }, {})).toThrow(
      expect.objectContaining({ code: "too_large" }),
    );
    expect(() => render(text("{{a}}{{b}}"), { a: "x".repeat(600_000), b: "x".repeat(500_000) }, {})).toThrow(
      expect.objectContaining({ code: "too_large" }),
    );
  });
});
