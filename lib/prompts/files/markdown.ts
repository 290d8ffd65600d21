import { AppError } from "@/lib/core";
import { messageRoles, type TemplateMessage } from "../content";
import { documentOf, type FileTemplate, fileHead, headOf, type PromptDocument, parseFile } from "./document";
import { parseYaml, writeYaml } from "./yaml";

/** `## user` begins a message, `## placeholder history` a place; in a text such a line has a backslash before it. */
const heading = new RegExp(`^## (?:(${messageRoles.join("|")})|placeholder (\\S+))$`);
const written = new RegExp(`^\\\\*## (?:${messageRoles.join("|")}|placeholder \\S+)$`);

const mapLines = (text: string, change: (line: string) => string) => text.split("\n").map(change).join("\n");
const escaped = (text: string) => mapLines(text, (line) => (written.test(line) ? `\\${line}` : line));
const unescaped = (text: string) =>
  mapLines(text, (line) => (line.startsWith("\\") && written.test(line) ? line.slice(1) : line));

const withoutFirst = (text: string) => (text.startsWith("\n") ? text.slice(1) : text);
const withoutLast = (text: string) => (text.endsWith("\n") ? text.slice(0, -1) : text);

interface Section {
  head: RegExpExecArray;
  lines: string[];
}

function sectionsOf(body: string): Section[] {
  const sections: Section[] = [];
  for (const line of body.split("\n")) {
    const head = heading.exec(line);
    if (head) sections.push({ head, lines: [] });
    else if (sections.length > 0) sections.at(-1)?.lines.push(line);
    else if (line.trim() !== "")
      throw new AppError(
        "invalid",
        `A message begins with a line such as “## user”; “${line.slice(0, 40)}” stands before the first.`,
      );
  }
  return sections;
}

function messageOf({ head, lines }: Section): TemplateMessage {
  const [, role, placeholder] = head;
  const body = withoutFirst(lines.join("\n"));
  if (placeholder !== undefined) {
    if (body.trim() === "") return { placeholder };
    throw new AppError(
      "invalid",
      `Under “## placeholder ${placeholder}” stands a text; messages are put there by the caller.`,
    );
  }
  return { role: role as (typeof messageRoles)[number], text: unescaped(withoutLast(body)) };
}

function templateOf(type: "text" | "chat", body: string): FileTemplate {
  if (type === "text") return { type, text: withoutLast(withoutFirst(body)) };
  return { type, messages: sectionsOf(body).map(messageOf) };
}

/** Reads front matter and what follows. @throws AppError `invalid` */
export function readMarkdownFile(file: string): PromptDocument {
  const text = file.replace(/^\uFEFF/, "");
  // Git writes such ends on Windows; we never do in the head.
  const lines = /^---\r\n/.test(text) ? text.replaceAll("\r\n", "\n") : text;
  const parts = /^---\n([\s\S]*?)^---[ \t]*(?:\n|$)([\s\S]*)$/m.exec(lines);
  if (!parts || !lines.startsWith("---\n"))
    throw new AppError("invalid", "Begin with --- and the prompt's name; --- again ends this head.");
  const [, head = "", body = ""] = parts;
  const parsed = parseFile(fileHead, parseYaml(head));
  return documentOf(parsed, templateOf(parsed.type, body));
}

const section = (message: TemplateMessage) =>
  "placeholder" in message
    ? `## placeholder ${message.placeholder}\n`
    : `## ${message.role}\n\n${escaped(message.text)}\n`;

export function writeMarkdownFile(document: PromptDocument): string {
  const { content } = document;
  const body = content.type === "text" ? `${content.text}\n` : content.messages.map(section).join("\n");
  return `---\n${writeYaml(headOf(document))}---\n\n${body}`;
}
