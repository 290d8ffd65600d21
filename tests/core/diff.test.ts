import { afterEach, describe, expect, it, vi } from "vitest";
import { editScript } from "@/lib/core/diff/edit-script";
import { type DiffPart, diffCounts, wordDiff } from "@/lib/core/diff/word-diff";
import { wordCount, wordPieces } from "@/lib/core/diff/word-pieces";

/** Numbers that look random and are the same in every run: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const joined = (parts: DiffPart[], other: DiffPart["kind"]) =>
  parts
    .filter(({ kind }) => kind !== other)
    .map(({ text }) => text)
    .join("");

function expectExact(before: string, after: string): DiffPart[] {
  const parts = wordDiff(before, after);
  expect(joined(parts, "insert")).toBe(before);
  expect(joined(parts, "delete")).toBe(after);
  parts.forEach((part, i) => {
    expect(part.text).not.toBe("");
    expect(part.kind).not.toBe(parts[i - 1]?.kind);
  });
  return parts;
}

const vocabulary = [
  "the",
  "door",
  "sensor",
  "it’s",
  "don't",
  "naïve",
  "Größe",
  "42",
  "3.14",
  "日本語",
  "你好世界",
  "สวัสดี",
  "한국어",
  "👩‍👩‍👧",
  "🙂",
  "\ud800",
  "\u0000",
  "e\u0301",
  ".",
  ",",
  "—",
  '"',
  " ",
  "  ",
  "\n",
  "\r\n",
  "\t",
  "\u00a0",
  "\u2028",
];

describe("comparing two texts by words", () => {
  it("gives back both texts exactly, whatever they are made of", () => {
    const random = randomFrom(7);
    const pick = () => vocabulary[Math.floor(random() * vocabulary.length)] ?? "";
    for (let pair = 0; pair < 2_000; pair++) {
      const words = Array.from({ length: Math.floor(random() * 40) }, pick);
      const separator = random() < 0.5 ? " " : "";
      const edited = words.flatMap((word) => {
        const dice = random();
        return dice < 0.1 ? [] : dice < 0.2 ? [pick()] : dice < 0.3 ? [word, pick()] : [word];
      });
      const other = random() < 0.2 ? Array.from({ length: 20 }, pick) : edited;
      expectExact(words.join(separator), other.join(separator));
    }
  });

  it("names replaced phrases whole, as a reader would", () => {
    expect(
      wordDiff("a false “open” every night near 02:00.", "a false “open” alert nightly near 02:00."),
    ).toEqual([
      { kind: "same", text: "a false “open” " },
      { kind: "delete", text: "every night" },
      { kind: "insert", text: "alert nightly" },
      { kind: "same", text: " near 02:00." },
    ]);
  });

  it("keeps what stands between a word added and a word taken out", () => {
    expect(wordDiff("one two three", "zero one two")).toEqual([
      { kind: "insert", text: "zero " },
      { kind: "same", text: "one two" },
      { kind: "delete", text: " three" },
    ]);
  });

  it("changes single words of a script without spaces", () => {
    const parts = expectExact("我喜欢苹果和香蕉", "我喜欢葡萄和香蕉");
    expect(parts).toEqual([
      { kind: "same", text: "我喜欢" },
      { kind: "delete", text: "苹果" },
      { kind: "insert", text: "葡萄" },
      { kind: "same", text: "和香蕉" },
    ]);
  });

  it("tears no character that is made of several", () => {
    const parts = expectExact("family 👩‍👩‍👧 here", "family 👩‍👩‍👦 here");
    expect(parts.map(({ text }) => text)).toEqual(["family ", "👩‍👩‍👧", "👩‍👩‍👦", " here"]);
  });

  it("has nothing to say of two empty texts, and one word of two equal ones", () => {
    expect(wordDiff("", "")).toEqual([]);
    expect(wordDiff("a b", "a b")).toEqual([{ kind: "same", text: "a b" }]);
    expect(wordDiff("", "a b")).toEqual([{ kind: "insert", text: "a b" }]);
    expect(wordDiff("a b", "")).toEqual([{ kind: "delete", text: "a b" }]);
  });

  it("counts words, not spaces and signs", () => {
    expect(diffCounts(wordDiff("It works, they said.", "It works, and we don’t know why!"))).toEqual({
      inserted: 5,
      deleted: 2,
    });
    expect(diffCounts(wordDiff("我喜欢苹果", "我喜欢葡萄"))).toEqual({ inserted: 1, deleted: 1 });
    expect(diffCounts([])).toEqual({ inserted: 0, deleted: 0 });
  });
});

describe("the shortest edit script", () => {
  /** Insertions and deletions by the table that Myers' search goes round. */
  function distance(a: Int32Array, b: Int32Array): number {
    let row = Array.from({ length: b.length + 1 }, (_, j) => j);
    a.forEach((value, i) => {
      const next = [i + 1];
      b.forEach((other, j) => {
        next.push(value === other ? (row[j] ?? 0) : 1 + Math.min(row[j + 1] ?? 0, next[j] ?? 0));
      });
      row = next;
    });
    return row.at(-1) ?? 0;
  }

  it("is as short as any, and turns the one into the other", () => {
    const random = randomFrom(11);
    for (let pair = 0; pair < 2_000; pair++) {
      const letters = 1 + Math.floor(random() * 5);
      const sequence = () =>
        Int32Array.from({ length: Math.floor(random() * 24) }, () => Math.floor(random() * letters));
      const a = sequence();
      const b = sequence();
      const script = editScript(a, b, { steps: 1_000_000 });
      expect(a.filter((_, i) => !script?.removed[i])).toEqual(b.filter((_, j) => !script?.added[j]));
      const sum = (marks?: Uint8Array) => marks?.reduce((total, mark) => total + mark, 0) ?? Number.NaN;
      expect(sum(script?.removed) + sum(script?.added)).toBe(distance(a, b));
    }
  });

  it("gives up when it would cost more than was allowed", () => {
    const a = Int32Array.from({ length: 4_000 }, (_, i) => i);
    const b = Int32Array.from({ length: 4_000 }, (_, i) => -i - 1);
    const budget = { steps: 10_000 };
    expect(editScript(a, b, budget)).toBeNull();
    // It stops within one more round of the search.
    expect(budget.steps).toBeGreaterThan(-1_000);
  });
});

describe("large texts", () => {
  const random = randomFrom(3);
  const word = () => Math.floor(random() * 5_000).toString(36);
  const text = (lines: number) =>
    Array.from({ length: lines }, () => Array.from({ length: 20 }, word).join(" ")).join("\n");
  const edited = (source: string, share: number) =>
    source.replace(/[a-z0-9]+/g, (found) => (random() < share ? word() : found));
  const base = text(5_000);

  it.each([
    ["one word changed", base, `${base.slice(0, 250_000)} changed ${base.slice(250_000)}`],
    ["one word in a hundred changed", base, edited(base, 0.01)],
    ["half of the words changed", base, edited(base, 0.5)],
    ["nothing in common", base, text(5_000)],
    ["no lines", base.replaceAll("\n", " "), edited(base, 0.3).replaceAll("\n", " ")],
    ["one word over and over", "a ".repeat(100_000), "a b ".repeat(50_000)],
    ["no spaces", "漢字仮名交じり文".repeat(6_000), "漢字仮名交じり語".repeat(6_000)],
  ])("are compared in bounded time: %s", (_, before, after) => {
    const start = performance.now();
    expectExact(before, after);
    // Ten times what it takes on an ordinary machine: this one may be busy.
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it("are compared by words within the lines that changed", () => {
    const parts = expectExact(base, `${base}\n`.replace(/^(\S+) (\S+)/, "$1 changed"));
    expect(diffCounts(parts)).toEqual({ inserted: 1, deleted: 1 });
  });
});

describe("pieces of a text", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it("are words, spaces, line ends and signs", () => {
    expect(wordPieces("It’s 3 p.m.\n\n  Größe: 日本語が好き")).toEqual([
      ..."It’s| |3| |p|.|m|.|\n|\n|  |Größe|:| ".split("|"),
      ...["日本語", "が", "好き"],
    ]);
    expect(wordCount("It’s 3 p.m.")).toBe(4);
  });

  it("are characters where the browser cannot cut words", async () => {
    vi.stubGlobal("Intl", { ...Intl, Segmenter: undefined });
    vi.resetModules();
    const { wordPieces: cut } = await import("@/lib/core/diff/word-pieces");
    expect(cut("a 日本🙂")).toEqual(["a", " ", "日", "本", "🙂"]);
  });
});
