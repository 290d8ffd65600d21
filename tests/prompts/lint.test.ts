import { describe, expect, it } from "vitest";
import { lint, promptContent, type TemplateMessage } from "@/lib/prompts";

const rulesOf = (content: object) =>
  lint(promptContent.parse(content)).map(
    ({ rule, severity, place }) => `${severity} ${rule} ${place.message}`,
  );
const text = (template: string, rest: object = {}) => rulesOf({ type: "text", text: template, ...rest });
const chat = (messages: TemplateMessage[], rest: object = {}) => rulesOf({ type: "chat", messages, ...rest });
const choice = { name: "tone", type: { type: "choice", options: ["warm", "dry"] } };

describe("lint", () => {
  it("finds nothing in a prompt that is well made", () => {
    const messages: TemplateMessage[] = [
      { role: "system", text: "Answer in a {{tone}} tone." },
      { placeholder: "history" },
      { role: "user", text: "Summarise this:\n\n{{ticket}}" },
    ];
    expect(chat(messages, { variables: [choice, { name: "ticket" }] })).toEqual([]);
  });

  it("tells what is declared and not used, and used and not declared, with its place", () => {
    expect(text("Say {{b}} {{b}}", { variables: [{ name: "a" }] })).toEqual([
      "warning unused-variable null",
      "warning undeclared-variable null",
    ]);
    const [found] = lint(promptContent.parse({ type: "text", text: "Say {{b}}" }));
    expect(found).toMatchObject({ rule: "undeclared-variable", place: { message: null, start: 4, end: 9 } });
    expect(text("{{> m.s.a}}", { variables: [{ name: "a" }] })).toEqual(["hint unused-variable null"]);
  });

  it("tells a default that its type refuses", () => {
    expect(text("{{tone}}", { variables: [{ ...choice, default: "cold" }] })).toEqual([
      "error wrong-default null",
    ]);
    expect(text("{{tone}}", { variables: [{ ...choice, default: "warm" }] })).toEqual([]);
  });

  it("tells marks that are none", () => {
    expect(text("Hi {{first name}} {{ name }")).toEqual([
      "warning broken-mark null",
      "warning broken-mark null",
    ]);
    expect(text("{{> main.rules}}")).toEqual(["error broken-reference null"]);
    const [found] = lint(promptContent.parse({ type: "text", text: "Hi {{first name}}" }));
    expect(found?.place).toEqual({ message: null, start: 3, end: 17 });
    expect(text("f(x) = {{1}} in {a: {b: 1}}")).toEqual(["warning broken-mark null"]);
    expect(text("{a: {b: 1}} and {{")).toEqual([]);
  });

  it("tells an unsettled conflict", () => {
    const marked = "a\n<<<<<<< mine\nb\n||||||| base\nc\n=======\nd\n>>>>>>> theirs\ne";
    const [found] = lint(promptContent.parse({ type: "text", text: marked }));
    expect(found).toMatchObject({ rule: "conflict-mark", severity: "error" });
    expect(marked.slice(found?.place.start, found?.place.end)).toBe(marked.slice(2, -2));
    expect(text("a <<<<<<< mine\n>>>>>>> theirs")).toEqual([]);
  });

  it("tells empty messages, late system messages and repeated placeholders", () => {
    expect(
      chat([
        { role: "user", text: " " },
        { role: "system", text: "Be kind." },
        { placeholder: "history" },
        { placeholder: "history" },
      ]),
    ).toEqual(["warning empty-message 0", "warning late-system-message 1", "warning repeated-placeholder 3"]);
    expect(text("")).toEqual(["warning empty-message null"]);
  });

  it("warns of text of a user in the system message, less where it is marked off", () => {
    const variables = [{ name: "name" }];
    const system = (template: string) => chat([{ role: "system", text: template }], { variables });
    expect(system("You talk to {{name}}.")).toEqual(["warning user-text-in-system 0"]);
    expect(system("You talk to <name>\n{{name}}\n</name>.")).toEqual(["hint user-text-in-system 0"]);
    expect(system("You talk to “{{name}}”.")).toEqual(["hint user-text-in-system 0"]);
    expect(chat([{ role: "assistant", text: "I am {{name}}." }], { variables })).toEqual([
      "warning user-text-as-answer 0",
    ]);
  });

  it("hints at instructions after text of a user that is not marked off", () => {
    const variables = [{ name: "mail" }, { name: "note" }];
    const hint = ["hint instructions-after-user-text null"];
    const both = (template: string) => text(template, { variables: variables.slice(0, 1) });
    expect(both("{{mail}}\n\nSummarise the mail.")).toEqual(hint);
    expect(both("{{mail}} {{> m.s.rules}}")).toEqual(hint);
    expect(both("Summarise the mail: {{mail}}.\n")).toEqual([]);
    expect(both("<mail>\nSubject {{mail}}\n</mail>\nSummarise it.")).toEqual([]);
    expect(both("```\n{{mail}}\n```\nSummarise it.")).toEqual([]);
    expect(both("</mail>{{mail}}<mail>\nSummarise it.")).toEqual(hint);
    expect(text("<a>{{mail}}</a> {{note}}, go on", { variables })).toEqual(hint);
  });

  it("takes a moment for the longest texts", () => {
    const start = performance.now();
    for (const piece of ["{{a}} ", "<a {{b}}", "{{ no mark }} ", "<<<<<<< mine\n", "``` {{c}} "])
      lint(promptContent.parse({ type: "text", text: piece.repeat(199_000 / piece.length) }));
    expect(performance.now() - start).toBeLessThan(4_000);
  });
});
