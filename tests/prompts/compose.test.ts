import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/core";
import {
  bounds,
  compose,
  type LoadedVersion,
  type PromptContent,
  promptContent,
  type Reference,
  referencesOf,
} from "@/lib/prompts";
import { Random } from "../access/model/random";

const text = (template: string, rest: object = {}): PromptContent =>
  promptContent.parse({ type: "text", text: template, ...rest });

/** Prompts of one schema; production and version 1 are what stands here. */
const library = (texts: Record<string, string | PromptContent>) => {
  const asked: Reference[] = [];
  const load = async (reference: Reference): Promise<LoadedVersion> => {
    asked.push(reference);
    const found = texts[reference.fullName.slice("m.s.".length)];
    if (found === undefined) throw new AppError("not_found", `There is no ${reference.fullName}.`);
    return {
      fullName: reference.fullName,
      version: 1,
      content: typeof found === "string" ? text(found) : found,
    };
  };
  return { load, asked };
};

const resolvedText = async (template: string, texts: Record<string, string | PromptContent>) => {
  const { resolved } = await compose(text(template), library(texts).load);
  return resolved.type === "text" ? resolved.text : null;
};

describe("prompts in prompts", () => {
  it("are put in their place, at every depth, and told", async () => {
    const { load, asked } = library({ a: "A[{{> m.s.b@1}}]", b: "B {{x}}" });
    const { resolved, includes } = await compose(
      text("{{> m.s.a}}-{{> m.s.b@1}}-{{> m.s.a@production}}"),
      load,
    );
    expect(resolved).toMatchObject({ text: "A[B {{x}}]-B {{x}}-A[B {{x}}]" });
    expect(includes).toEqual([
      { fullName: "m.s.a", version: 1, alias: "production", depth: 1 },
      { fullName: "m.s.b", version: 1, alias: null, depth: 2 },
    ]);
    expect(asked).toEqual([
      { fullName: "m.s.a", alias: "production", version: null },
      { fullName: "m.s.b", alias: null, version: 1 },
    ]);
  });

  it("leave a prompt without them as it is", async () => {
    const content = text("{{x}}");
    expect((await compose(content, library({}).load)).resolved).toBe(content);
    expect(referencesOf(text("{{> m.s.a}} {{> m.s.a@production}} {{> m.s.a@2}}"))).toEqual([
      { fullName: "m.s.a", alias: "production", version: null },
      { fullName: "m.s.a", alias: null, version: 2 },
    ]);
  });

  it("are read in every message of a chat prompt", async () => {
    const content = promptContent.parse({
      type: "chat",
      messages: [
        { role: "system", text: "{{> m.s.a}}" },
        { placeholder: "history" },
        { role: "user", text: "{{> m.s.b}}?" },
      ],
      model: "x",
    });
    const { resolved } = await compose(content, library({ a: "A", b: "B" }).load);
    expect(resolved).toEqual({
      ...content,
      messages: [{ role: "system", text: "A" }, { placeholder: "history" }, { role: "user", text: "B?" }],
    });
  });

  it("bring their declarations; the outer one wins, then the first", async () => {
    const declares = (value: string, names: string[]) =>
      names.map((name) => ({ name, default: value, type: { type: "text" as const }, description: "" }));
    const a = text("{{> m.s.b}}", { variables: declares("a", ["x", "y"]) });
    const b = text("{{x}}{{y}}{{z}}", { variables: declares("b", ["x", "y", "z"]) });
    const outer = text("{{> m.s.a}}", { variables: declares("outer", ["x"]) });
    const { resolved } = await compose(outer, library({ a, b }).load);
    expect(Object.fromEntries(resolved.variables.map(({ name, default: value }) => [name, value]))).toEqual({
      x: "outer",
      y: "a",
      z: "b",
    });
  });

  it("must be text prompts, and must exist", async () => {
    const chat = promptContent.parse({ type: "chat", messages: [{ role: "user", text: "x" }] });
    await expect(resolvedText("{{> m.s.a}}", { a: chat })).rejects.toThrow(
      "Only text prompts can be included: this prompt → m.s.a v1.",
    );
    await expect(resolvedText("{{> m.s.a@nightly}}", {})).rejects.toMatchObject({ code: "not_found" });
  });

  it("never contain themselves, in any version", async () => {
    const at = { fullName: "m.s.a", version: 3 };
    const { load } = library({ a: "{{> m.s.b}}", b: "{{> m.s.a@1}}" });
    await expect(compose(text("{{> m.s.b}}"), load, at)).rejects.toMatchObject({
      code: "unprocessable",
      message: "A prompt includes itself: m.s.a v3 → m.s.b v1 → m.s.a v1.",
    });
    await expect(compose(text("{{> m.s.a}}"), load)).rejects.toThrow(
      "A prompt includes itself: this prompt → m.s.a v1 → m.s.b v1 → m.s.a v1.",
    );
  });

  it("end at a depth, a number and a size", async () => {
    const chain = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`p${i}`, `{{> m.s.p${i + 1}}}`]));
    await expect(resolvedText("{{> m.s.p0}}", { ...chain, p7: "deep" })).resolves.toBe("deep");
    await expect(resolvedText("{{> m.s.p0}}", { ...chain, p8: "deep" })).rejects.toThrow(
      /more than 8 deep: .*m\.s\.p8/,
    );
    await expect(resolvedText("{{> m.s.a}}".repeat(bounds.references), { a: "a" })).resolves.toHaveLength(50);
    await expect(resolvedText("{{> m.s.a}}".repeat(bounds.references + 1), { a: "a" })).rejects.toThrow(
      /more than 50 references/,
    );
    const doubling = Object.fromEntries(
      Array.from({ length: 8 }, (_, i) => [`p${i}`, `{{> m.s.p${i + 1}}}`.repeat(2)]),
    );
    await expect(resolvedText("{{> m.s.p0}}", { ...doubling, p8: "x" })).rejects.toMatchObject({
      code: "unprocessable",
    });
    await expect(resolvedText("{{> m.s.a}}".repeat(6), { a: "a".repeat(200_000) })).rejects.toThrow(
      /more than 1,000,000 characters: this prompt → m\.s\.a v1/,
    );
  });

  it("do not make a new mark with what stands beside them", async () => {
    await expect(resolvedText("{{{> m.s.a}}name}}", { a: "{" })).rejects.toThrow(/would become one mark/);
    await expect(resolvedText("{{{> m.s.a}}}", { a: "{x}" })).rejects.toThrow(/would become one mark/);
    await expect(resolvedText("{ {{> m.s.a}} }", { a: "{{x}}" })).resolves.toBe("{ {{x}} }");
  });
});

describe("random graphs of prompts", () => {
  const pieces = ["one ", "{{x}}", "{{ y }}", "\n", "{", "}", " {{ no mark } ", "🙂"];

  function graph(random: Random, size: number, backwards: boolean): Record<string, string> {
    const texts: Record<string, string> = {};
    for (let i = 0; i < size; i++) {
      let written = "";
      for (let n = random.below(6); n >= 0; n--) {
        const other = backwards ? random.below(size) : i + 1 + random.below(3);
        written += random.chance(0.3) && other < size ? ` {{> m.s.p${other}@1}} ` : random.pick(pieces);
      }
      texts[`p${i}`] = written;
    }
    return texts;
  }

  const naive = (texts: Record<string, string>, name: string): string =>
    (texts[name] ?? "").replace(/\{\{> m\.s\.(p\d+)@1\}\}/g, (_, other: string) => naive(texts, other));

  /** A path into a cycle by the plainest search, or null. */
  function cycleFrom(texts: Record<string, string>, name: string, path: string[]): string[] | null {
    if (path.includes(name)) return [...path, name];
    for (const [, other = ""] of (texts[name] ?? "").matchAll(/\{\{> m\.s\.(p\d+)@1\}\}/g)) {
      const found = cycleFrom(texts, other, [...path, name]);
      if (found) return found;
    }
    return null;
  }

  it("without cycles resolve to what a naive substitution gives", async () => {
    let nested = 0;
    for (let seed = 0; seed < 400; seed++) {
      const texts = graph(new Random(seed), 7, false);
      const { resolved, includes } = await compose(text(texts.p0 ?? ""), library(texts).load);
      expect(resolved.type === "text" && resolved.text, `seed ${seed}`).toBe(naive(texts, "p0"));
      if (includes.some(({ depth }) => depth > 1)) nested++;
    }
    expect(nested).toBeGreaterThan(50);
  });

  it("with a cycle within reach are refused with its path", async () => {
    let refused = 0;
    for (let seed = 0; seed < 400; seed++) {
      const texts = graph(new Random(seed), 5, true);
      const cycle = cycleFrom(texts, "p0", []);
      const at = { fullName: "m.s.p0", version: 1 };
      const composed = compose(text(texts.p0 ?? ""), library(texts).load, at);
      if (!cycle) {
        expect((await composed).resolved, `seed ${seed}`).toMatchObject({ text: naive(texts, "p0") });
        continue;
      }
      refused++;
      const path = cycle.map((name) => `m.s.${name} v1`).join(" → ");
      await expect(composed, `seed ${seed}`).rejects.toMatchObject({
        code: "unprocessable",
        message: `A prompt includes itself: ${path}.`,
      });
    }
    expect(refused).toBeGreaterThan(50);
    expect(refused).toBeLessThan(350);
  });
});
