import { describe, expect, it } from "vitest";
import { type PromptContent, promptContent } from "@/lib/prompts";
import type { PromptDocument } from "@/lib/prompts/files/document";
import {
  type FileFormat,
  formatOf,
  pathOf,
  readPromptFile,
  writePromptFile,
} from "@/lib/prompts/files/files";
import { Random } from "../access/model/random";

const formats: FileFormat[] = ["markdown", "yaml"];
const document = (content: object, rest: Partial<PromptDocument> = {}): PromptDocument => ({
  fullName: "main.support.triage",
  base: { version: 3, hash: "0a".repeat(32) },
  comment: "",
  tags: {},
  content: promptContent.parse(content) as PromptContent,
  ...rest,
});
const again = (format: FileFormat, given: PromptDocument) =>
  readPromptFile(pathOf(given.fullName, format), writePromptFile(format, given));

describe("a prompt as a file", () => {
  it("is Markdown with its configuration above the text", () => {
    const content = {
      type: "chat",
      messages: [
        { role: "system", text: "Be {{tone}}.\n\n## user\n" },
        { placeholder: "history" },
        { role: "user", text: "{{ask}}" },
      ],
      variables: [
        { name: "tone", type: { type: "choice", options: ["warm", "dry"] }, default: "dry" },
        { name: "ask" },
      ],
      model: "small",
      parameters: { temperature: 0 },
    };
    const given = document(content, { comment: "Sorts: tickets", tags: { team: "support" } });
    expect(writePromptFile("markdown", given)).toBe(
      [
        "---",
        "name: main.support.triage",
        "type: chat",
        "base:",
        "  version: 3",
        `  hash: ${"0a".repeat(32)}`,
        'comment: "Sorts: tickets"',
        "tags:",
        "  team: support",
        "model: small",
        "parameters:",
        "  temperature: 0",
        "variables:",
        "  - name: tone",
        "    type: choice",
        "    options:",
        "      - warm",
        "      - dry",
        "    default: dry",
        "  - name: ask",
        "    type: text",
        "---",
        "",
        "## system",
        "",
        "Be {{tone}}.",
        "",
        "\\## user",
        "",
        "",
        "## placeholder history",
        "",
        "## user",
        "",
        "{{ask}}",
        "",
      ].join("\n"),
    );
    for (const format of formats) expect(again(format, given)).toEqual(given);
  });

  it("comes back as it was, whatever it says", () => {
    const words = [
      ...[
        "a",
        "",
        "---",
        "## user",
        "\\## user",
        "## placeholder x",
        "\\\\## system",
        "🙂 ü",
        "  lead",
        "trail  ",
        "\t",
        "\r",
        "# no: yes",
      ],
      ...[
        "- x",
        "{{a}}",
        "'",
        '"',
        "%",
        "&a *a !!x",
        "|",
        "> ",
        "\u0007",
        "\u2028",
        "null",
        "...",
        "a: b # c",
      ],
    ];
    for (let seed = 0; seed < 300; seed++) {
      const random = new Random(seed);
      const text = () => Array.from({ length: random.below(7) }, () => random.pick(words)).join("\n");
      const message = () =>
        random.chance(0.2)
          ? { placeholder: "history" }
          : { role: random.pick(["system", "user", "assistant"]), text: text() };
      const template = random.chance(0.5)
        ? { type: "text", text: text() }
        : { type: "chat", messages: Array.from({ length: 1 + random.below(4) }, message) };
      const variables = random.chance(0.5) ? [{ name: "a", default: text(), description: text() }] : [];
      const responseFormat = random.chance(0.3)
        ? {
            type: "json_schema",
            json_schema: {
              name: "x",
              schema: { type: "object", properties: { [text()]: { enum: [text(), 1, null] } } },
            },
          }
        : null;
      const given = document(
        { ...template, variables, responseFormat },
        {
          comment: text(),
          tags: random.chance(0.3) ? { a: text() } : {},
          base: random.chance(0.5) ? null : { version: 1, hash: "ab".repeat(32) },
        },
      );
      for (const format of formats) expect(again(format, given), `seed ${seed} ${format}`).toEqual(given);
    }
  });

  it("may be written by hand, in Windows too", () => {
    const hand =
      "\uFEFF---\r\nname: main.default.hello\r\nvariables:\r\n  - name: n\r\n    type: number\r\n    default: 3\r\n---\r\nSay {{n}}\r\nthings.";
    expect(readPromptFile("hello.md", hand)).toMatchObject({
      fullName: "main.default.hello",
      base: null,
      content: { type: "text", text: "Say {{n}}\nthings.", variables: [{ name: "n", default: "3" }] },
    });
    expect(
      readPromptFile("x.yml", "name: a.b.c\ntype: chat\nmessages:\n  - role: user\n    text: Hi").content,
    ).toMatchObject({
      messages: [{ role: "user", text: "Hi" }],
    });
  });

  it.each([
    ["x.txt", "", /\.md and \.yaml/],
    ["x.md", "Hello", /Begin with ---/],
    ["x.md", "---\nname: a\n---\n", /name: Write it as catalog\.schema\.name/],
    ["x.md", "---\nname: a.b.c\nmodell: x\n---\nHi", /modell/],
    ["x.md", "---\nname: a.b.c\nname: a.b.d\n---\nHi", /not YAML: .*unique/],
    ["x.md", "---\nname: a.b.c\ntype: chat\n---\nHi\n## user\nx", /stands before the first/],
    [
      "x.md",
      "---\nname: a.b.c\ntype: chat\n---\n## placeholder h\nx",
      /messages are put there by the caller/,
    ],
    ["x.md", "---\nname: a.b.c\ntype: chat\n---\n", /messages/],
    ["x.yaml", "name: a.b.c", /text/],
    ["x.yaml", "- a", /name: and text: are missing/],
    ["x.yaml", "name: a.b.c\ntype: text\nmessages: []\ntext: x", /messages/],
    ["x.yaml", "name: a.b.c\ntext: !!js/function x", /not YAML: Unresolved tag/],
    ["x.yaml", "a: &a [x, x]\nb: &b [*a, *a]\ntext: *b\nname: a.b.c", /not YAML/],
    ["x.yaml", `text: ${"[".repeat(50_000)}`, /not YAML/],
    [
      "x.yaml",
      "name: a.b.c\ntext: x\nvariables:\n  - name: a\n    type: number\n    options: [x]",
      /variables/,
    ],
  ])("is refused in words where it is none: %s, %#", (path, text, message) => {
    expect(() => readPromptFile(path, text)).toThrow(
      expect.objectContaining({ code: "invalid", message: expect.stringMatching(message) }),
    );
  });

  it("lies in a folder of its catalog and schema, and in no other", () => {
    expect(pathOf("main.support.triage", "markdown")).toBe("main/support/triage.md");
    expect(pathOf("mån.a:b.\\x", "yaml")).toBe("mån/a%3Ab/%5Cx.yaml");
    expect(pathOf("con.a.nul", "yaml")).toBe("%con/a/%nul.yaml");
    expect(pathOf("a.b.~'(c)*", "markdown")).toBe("a/b/~%27%28c%29%2a.md");
    expect([formatOf("a/B.MD"), formatOf("a.yml"), formatOf("a.toString"), formatOf("md")]).toEqual([
      "markdown",
      "yaml",
      null,
      null,
    ]);
  });
});
