import { type PromptContent, type PromptVariable, placeholdersOf } from "../content";
import type { LintedText, LintFinding } from "./lint-finding";
import { lintText } from "./lint-text";
import { parseTemplate, type TemplatePart } from "./syntax";
import { defaultProblem } from "./value";

export type { LintFinding } from "./lint-finding";

interface Read extends LintedText {
  parts: TemplatePart[];
}

function textsIn(content: PromptContent): Read[] {
  const texts: LintedText[] =
    content.type === "text"
      ? [{ text: content.text, message: null, role: "user" }]
      : content.messages.flatMap((message, index) =>
          "text" in message ? [{ text: message.text, message: index, role: message.role }] : [],
        );
  return texts.map((text) => ({ ...text, parts: parseTemplate(text.text) }));
}

function declarations(variables: PromptVariable[], texts: Read[]): LintFinding[] {
  const parts = texts.flatMap((text) => text.parts);
  const used = new Set(parts.flatMap((part) => (part.kind === "variable" ? [part.name] : [])));
  const includes = parts.some((part) => part.kind === "reference");
  return variables.flatMap((variable): LintFinding[] => {
    const { name } = variable;
    const found: LintFinding[] = [];
    const place = { message: null };
    if (!used.has(name)) {
      const where = includes ? "in these texts; a prompt they include may use it" : "anywhere";
      const severity = includes ? "hint" : "warning";
      found.push({ rule: "unused-variable", severity, message: `${name} is not used ${where}.`, place });
    }
    const problem = defaultProblem(variable);
    if (problem)
      found.push({
        rule: "wrong-default",
        severity: "error",
        message: `The default of ${name} is ${problem}.`,
        place,
      });
    return found;
  });
}

function undeclared(declared: Map<string, PromptVariable>, texts: Read[]): LintFinding[] {
  const found = new Map<string, LintFinding>();
  for (const { parts, message } of texts) {
    for (const part of parts) {
      if (part.kind !== "variable" || declared.has(part.name) || found.has(part.name)) continue;
      found.set(part.name, {
        rule: "undeclared-variable",
        severity: "warning",
        message: `${part.name} is not declared; it is a text that every caller has to give.`,
        place: { message, start: part.start, end: part.end },
      });
    }
  }
  return [...found.values()];
}

function order(content: PromptContent): LintFinding[] {
  if (content.type === "text") return [];
  const found: LintFinding[] = [];
  const first = content.messages.findIndex((message) => !("role" in message && message.role === "system"));
  content.messages.forEach((message, index) => {
    if (!("role" in message) || message.role !== "system" || first < 0 || index < first) return;
    const words = "Many models take a system message only at the beginning.";
    found.push({
      rule: "late-system-message",
      severity: "warning",
      message: words,
      place: { message: index },
    });
  });
  for (const name of placeholdersOf(content)) {
    const places = content.messages.flatMap((message, index) =>
      "placeholder" in message && message.placeholder === name ? [index] : [],
    );
    for (const index of places.slice(1)) {
      const words = `The messages of ${name} are sent more than once.`;
      found.push({
        rule: "repeated-placeholder",
        severity: "warning",
        message: words,
        place: { message: index },
      });
    }
  }
  return found;
}

const at = ({ place }: LintFinding) => [place.message ?? -1, place.start ?? -1] as const;

/** What is probably not meant in a prompt, and where text of a user could act as an instruction; by place. */
export function lint(content: PromptContent): LintFinding[] {
  const texts = textsIn(content);
  const declared = new Map(content.variables.map((variable) => [variable.name, variable]));
  const findings = [
    ...declarations(content.variables, texts),
    ...order(content),
    ...undeclared(declared, texts),
    ...texts.flatMap((text) => lintText(text, text.parts, declared)),
  ];
  return findings.sort((a, b) => at(a)[0] - at(b)[0] || at(a)[1] - at(b)[1]);
}
