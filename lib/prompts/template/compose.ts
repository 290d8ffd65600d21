import { AppError } from "@/lib/core";
import { bounds, type PromptContent, type PromptVariable } from "../content";
import type { Inclusion } from "../schema";
import { asked, type Reference, referencesOf } from "./references";
import { parseTemplate, type TemplatePart, type TemplateReference } from "./syntax";

/** A version by its own name, whatever a reference called it. */
export interface LoadedVersion {
  fullName: string;
  version: number;
  content: PromptContent;
}

type Load = (reference: Reference) => Promise<LoadedVersion>;
interface Step {
  fullName: string;
  version: number | null;
}

const pathOf = (steps: Step[]) =>
  steps.map(({ fullName, version }) => (version === null ? fullName : `${fullName} v${version}`)).join(" → ");

function refuse(why: string, steps: Step[]): never {
  throw new AppError("unprocessable", `${why}: ${pathOf(steps)}.`);
}

const shape = (parts: TemplatePart[]) =>
  parts.flatMap((part) => (part.kind === "text" ? [] : [`${part.start} ${part.end}`])).join();

class Composition {
  readonly includes = new Map<string, Inclusion>();
  readonly variables: Map<string, PromptVariable>;
  private readonly loaded = new Map<string, Promise<LoadedVersion>>();
  private references = 0;
  private size = 0;

  constructor(
    content: PromptContent,
    private readonly load: Load,
  ) {
    this.variables = new Map(content.variables.map((variable) => [variable.name, variable]));
  }

  private include(part: TemplateReference, path: Step[]): Promise<LoadedVersion> {
    const reference = asked(part);
    const next = [...path, { fullName: reference.fullName, version: reference.version }];
    if (path.length > bounds.depth) refuse(`Prompts include each other more than ${bounds.depth} deep`, next);
    if (++this.references > bounds.references)
      refuse(`This prompt resolves to more than ${bounds.references} references`, next);
    const key = JSON.stringify(reference);
    const known = this.loaded.get(key) ?? this.load(reference);
    this.loaded.set(key, known);
    return known;
  }

  private note(found: LoadedVersion, alias: string | null, depth: number): void {
    const key = JSON.stringify([found.fullName, found.version, alias]);
    if (!this.includes.has(key))
      this.includes.set(key, { fullName: found.fullName, version: found.version, alias, depth });
    for (const variable of found.content.variables)
      if (!this.variables.has(variable.name)) this.variables.set(variable.name, variable);
  }

  private async textOf(part: TemplateReference, path: Step[]): Promise<string> {
    const found = await this.include(part, path);
    const next = [...path, { fullName: found.fullName, version: found.version }];
    // In any version: a version that names another of its own prompt is one move of an alias away from a cycle.
    if (path.some(({ fullName }) => fullName === found.fullName)) refuse("A prompt includes itself", next);
    if (found.content.type !== "text") refuse("Only text prompts can be included", next);
    this.note(found, asked(part).alias, path.length);
    return this.resolve(found.content.text, next);
  }

  private take(characters: number, path: Step[]): void {
    this.size += characters;
    if (this.size <= bounds.resolved) return;
    const most = bounds.resolved.toLocaleString("en");
    refuse(`With all that it includes this prompt has more than ${most} characters`, path);
  }

  async fill(content: PromptContent, path: Step[]): Promise<PromptContent> {
    if (content.type === "text") return { ...content, text: await this.resolve(content.text, path) };
    const messages: typeof content.messages = [];
    for (const message of content.messages) {
      if ("text" in message) messages.push({ ...message, text: await this.resolve(message.text, path) });
      else messages.push(message);
    }
    return { ...content, messages };
  }

  /** A text with what it refers to. Marks of the result are those of its pieces: none is read across a seam. */
  private async resolve(text: string, path: Step[]): Promise<string> {
    const marks: TemplatePart[] = [];
    let resolved = "";
    for (const part of parseTemplate(text)) {
      const from = resolved.length;
      if (part.kind === "reference") {
        const included = await this.textOf(part, path);
        for (const mark of parseTemplate(included))
          marks.push({ ...mark, start: from + mark.start, end: from + mark.end });
        resolved += included;
      } else {
        this.take(part.end - part.start, path);
        resolved += text.slice(part.start, part.end);
        marks.push({ ...part, start: from, end: resolved.length });
      }
    }
    if (shape(marks) !== shape(parseTemplate(resolved)))
      refuse("Braces beside a reference and in what it includes would become one mark", path);
    return resolved;
  }
}

/**
 * Puts every prompt that is referred to in its place. Declarations of included prompts join those of the outer
 * one, which win; of two included ones the first does. Each version is loaded once.
 * @param at The outer prompt's own name and version, where it has them.
 * @throws AppError `unprocessable`, naming the path, for a prompt within itself, for a chat prompt, for more than
 * `bounds` allow; and whatever `load` throws.
 */
export async function compose(
  content: PromptContent,
  load: Load,
  at?: { fullName: string; version: number },
): Promise<{ resolved: PromptContent; includes: Inclusion[] }> {
  if (referencesOf(content).length === 0) return { resolved: content, includes: [] };
  const composition = new Composition(content, load);
  const path: Step[] = [at ?? { fullName: "this prompt", version: null }];
  const filled = await composition.fill(content, path);
  const variables = [...composition.variables.values()];
  if (variables.length > bounds.variables)
    refuse(`With all that it includes this prompt declares more than ${bounds.variables} variables`, path);
  return { resolved: { ...filled, variables }, includes: [...composition.includes.values()] };
}
