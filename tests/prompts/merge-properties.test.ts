import { describe, expect, it } from "vitest";
import {
  mergeContents,
  type PromptContent,
  type PromptVariable,
  parseTemplate,
  promptContent,
  type TemplateMessage,
} from "@/lib/prompts";
import { isSame } from "@/lib/prompts/merge/hash";
import { Random } from "../access/model/random";

const words = [
  "a",
  "b",
  "",
  "{{x}}",
  "say {{ tone }} 🙂",
  "🙂🙃",
  "{{\nsplit\n}}",
  "{{",
  "}}",
  "=======",
  "\r",
  "{{> m.s.p@1}}",
];

const lines = (random: Random, most: number) =>
  Array.from({ length: random.below(most) }, () => random.pick(words));

/** Some lines replaced, taken out or put in. */
function editedLines(random: Random, from: readonly string[]): string[] {
  return from.flatMap((line) => {
    if (random.chance(0.1)) return [];
    if (random.chance(0.15)) return [random.pick(words)];
    return random.chance(0.1) ? [line, `${random.pick(words)}${random.below(3)}`] : [line];
  });
}

const message = (random: Random): TemplateMessage =>
  random.chance(0.15)
    ? { placeholder: random.pick(["history", "examples"]) }
    : { role: random.pick(["system", "user", "assistant"]), text: lines(random, 6).join("\n") };

function editedMessages(random: Random, from: readonly TemplateMessage[]): TemplateMessage[] {
  const edited = from.flatMap((one): TemplateMessage[] => {
    if (random.chance(0.1)) return [];
    if (random.chance(0.1)) return [one, message(random)];
    if ("text" in one && random.chance(0.3))
      return [{ ...one, text: editedLines(random, one.text.split("\n")).join("\n") }];
    return [one];
  });
  return edited.length === 0 ? [message(random)] : edited;
}

const variable = (random: Random, name: string): PromptVariable => ({
  name,
  type: random.chance(0.5) ? { type: "text" } : { type: "number" },
  ...(random.chance(0.4) ? { default: `${random.below(3)}` } : {}),
  description: random.pick(["", "one", "two"]),
});

const names = ["a", "b", "c", "d", "e"];
const variables = (random: Random) =>
  names.filter(() => random.chance(0.5)).map((name) => variable(random, name));
const parameters = (random: Random) => ({
  ...(random.chance(0.5) ? { temperature: random.below(3) } : {}),
  ...(random.chance(0.5) ? { seed: random.below(2) } : {}),
});
const schema = (random: Random) => ({
  type: "object",
  properties: Object.fromEntries(
    names.filter(() => random.chance(0.5)).map((name) => [name, random.below(2)]),
  ),
  required: names.filter(() => random.chance(0.4)),
});
const format = (random: Random) =>
  random.chance(0.3) ? null : { type: "json_schema", json_schema: { name: "x", schema: schema(random) } };

function content(random: Random, template: object): PromptContent {
  const configuration = {
    variables: variables(random),
    parameters: parameters(random),
    responseFormat: format(random),
  };
  return promptContent.parse({ ...template, model: random.pick([null, "x", "y"]), ...configuration });
}

function edited(random: Random, from: PromptContent): PromptContent {
  const template =
    from.type === "text"
      ? { type: "text", text: editedLines(random, from.text.split("\n")).join("\n") }
      : { type: "chat", messages: editedMessages(random, from.messages) };
  const next = content(random, template);
  const keep = <Key extends keyof PromptContent>(key: Key) =>
    random.chance(0.6) ? { [key]: from[key] } : {};
  return {
    ...next,
    ...keep("variables"),
    ...keep("parameters"),
    ...keep("responseFormat"),
    ...keep("model"),
  };
}

function three(seed: number): [PromptContent, PromptContent, PromptContent] {
  const random = new Random(seed);
  const base = content(
    random,
    random.chance(0.5)
      ? { type: "text", text: lines(random, 12).join("\n") }
      : { type: "chat", messages: Array.from({ length: 1 + random.below(6) }, () => message(random)) },
  );
  return [base, edited(random, base), edited(random, base)];
}

const seeds = Array.from({ length: 1500 }, (_, seed) => seed);

describe("for every merge", () => {
  it("nothing changed on one side gives the other, and the same on both sides gives that", () => {
    for (const seed of seeds) {
      const [base, other] = three(seed);
      for (const merge of [
        mergeContents(base, other, base),
        mergeContents(base, base, other),
        mergeContents(base, other, other),
      ])
        expect(merge, `seed ${seed}`).toEqual({ merged: other, conflicts: [] });
    }
  });

  it("the sides may be exchanged: the same conflicts, and without any the same result", () => {
    let clean = 0;
    for (const seed of seeds) {
      const [base, theirs, mine] = three(seed);
      const one = mergeContents(base, theirs, mine);
      const other = mergeContents(base, mine, theirs);
      expect(one.conflicts.length === 0, `seed ${seed}`).toBe(other.conflicts.length === 0);
      if (one.conflicts.length > 0) continue;
      clean++;
      expect(isSame(one.merged, other.merged), `seed ${seed}`).toBe(true);
    }
    expect(clean).toBeGreaterThan(100);
    expect(clean).toBeLessThan(seeds.length - 100);
  });

  it("the result is a content, with whole characters", () => {
    for (const seed of seeds) {
      const [base, theirs, mine] = three(seed);
      const { merged } = mergeContents(base, theirs, mine);
      expect(promptContent.parse(merged), `seed ${seed}`).toEqual(merged);
    }
  });
});

describe("for every merge of lines", () => {
  const textOf = (parts: string[]) => promptContent.parse({ type: "text", text: parts.join("\n") });
  const plain = words.filter((word) => !word.includes("\n") && word !== "}}");

  it("edits of different lines never conflict, and all of them are there", () => {
    for (const seed of seeds) {
      const random = new Random(seed);
      const base = Array.from({ length: 1 + random.below(30) }, () => random.pick(plain));
      const owner = base.map(() => random.pick(["nobody", "theirs", "mine"]));
      const side = (name: string) => base.map((line, i) => (owner[i] === name ? `${name} ${i}` : line));
      const both = base.map((line, i) => (owner[i] === "nobody" ? line : `${owner[i]} ${i}`));
      expect(
        mergeContents(textOf(base), textOf(side("theirs")), textOf(side("mine"))),
        `seed ${seed}`,
      ).toEqual({
        merged: textOf(both),
        conflicts: [],
      });
    }
  });

  it("lines put in at different places never conflict, and all of them are there", () => {
    for (const seed of seeds) {
      const random = new Random(seed);
      const base = Array.from({ length: 1 + random.below(30) }, (_, i) => `line ${i}`);
      const owner = base.map(() => random.pick(["nobody", "nobody", "theirs", "mine"]));
      const put = (is: (name: string) => boolean) =>
        base.flatMap((line, i) => (is(owner[i] ?? "") ? [line, `${owner[i]} ${i}`] : [line]));
      const { merged, conflicts } = mergeContents(
        textOf(base),
        textOf(put((name) => name === "theirs")),
        textOf(put((name) => name === "mine")),
      );
      expect(conflicts, `seed ${seed}`).toEqual([]);
      expect(merged, `seed ${seed}`).toEqual(textOf(put((name) => name !== "nobody")));
    }
  });

  it("every mark of a side that is kept is kept whole, between marks of conflicts too", () => {
    const marksOf = (text: string) =>
      parseTemplate(text).flatMap(({ kind, start, end }) =>
        kind === "text" ? [] : [text.slice(start, end)],
      );
    let disputed = 0;
    for (const seed of seeds) {
      const random = new Random(seed);
      const base = lines(random, 8);
      const [theirs, mine] = [editedLines(random, base), editedLines(random, base)];
      const { merged, conflicts } = mergeContents(textOf(base), textOf(theirs), textOf(mine));
      const text = merged.type === "text" ? merged.text : "";
      if (conflicts.length === 0) continue;
      disputed++;
      const inConflict = conflicts
        .flatMap((one) => [one.base, one.theirs, one.mine])
        .map((part) => part ?? "");
      const expected = inConflict.flatMap(marksOf);
      const found = marksOf(text);
      for (const mark of new Set(expected))
        expect(found.filter((one) => one === mark).length, `seed ${seed} ${mark}`).toBeGreaterThanOrEqual(
          expected.filter((one) => one === mark).length,
        );
      expect(text.isWellFormed()).toBe(true);
    }
    expect(disputed).toBeGreaterThan(100);
  });
});
