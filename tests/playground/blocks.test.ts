import { describe, expect, it } from "vitest";
import { BlockReader, type Piece, sourceOf } from "@/components/playground/blocks";

const read = (text: string) => new BlockReader().read(text);
const joined = (pieces: Piece[]) => pieces.map(sourceOf).join("");
const blocksIn = (text: string) =>
  read(text).flatMap((piece) => (piece.kind === "code" ? ["code"] : piece.blocks.map((block) => block.text)));

const texts = [
  "one\n\ntwo\n\n\nthree",
  "- a\n\n- b\n\n  more of b\n\nafter",
  "1. a\n\n   ```\n   code\n\n   more\n   ```\n\n2. b\n\nafter",
  "```\na\n\nb\n```\n\nafter",
  "~~~~\n```\n\n~~~\n\n~~~~\nafter",
  "words\n```js\ncode\n```\nwords",
  "``` not `a` fence\n\nwords",
  "  ```\n  indented\n  ```",
  "- a\n```\ncode after a list\n```",
  "    ```\n\nindented code",
  "| a | b |\n|---|---|\n| 1 | 2 |\n",
  "> ```\n> quoted\n\nafter",
  "\r\nwindows\r\n\r\n```\r\ncode\r\n```\r\n",
  "```\nnever closed",
  "",
  "\n\n",
];

describe("cutting an answer into pieces", () => {
  it("loses nothing", () => {
    for (const text of [...texts, texts.join("\n\n")]) expect(joined(read(text))).toBe(text);
  });

  it("cuts at blank lines and at fences, and not inside a list", () => {
    expect(texts.map((text) => blocksIn(text).length)).toEqual([
      3, 2, 2, 2, 2, 3, 2, 1, 2, 2, 1, 2, 2, 1, 0, 1,
    ]);
    expect(blocksIn("words\n```js\ncode\n```\nmore")).toEqual(["words\n", "code", "more"]);
  });

  it("knows code from the lines around it", () => {
    const code = (text: string) => read(text).find((piece) => piece.kind === "code");
    expect(code("````md\n```\nx\n```\n````\nafter")).toMatchObject({
      chunks: ["```\nx\n```\n"],
      close: "````\n",
    });
    expect(code("```\nx\n``` y\n    ```\n```")).toMatchObject({
      chunks: ["x\n``` y\n    ```\n"],
      close: "```",
    });
    expect(code("   ~~~\n   x\n~~~~")).toMatchObject({ indent: 3, chunks: ["   x\n"], close: "~~~~" });
    expect(code("- ```\n  x\n  ```")).toBeUndefined();
  });

  it("gives the same however the text arrives, and keeps what it has cut", () => {
    const long = texts.join("\n\n");
    for (const step of [1, 3, 7, 50]) {
      const reader = new BlockReader();
      let before: Piece[] = [];
      for (let at = step; at < long.length + step; at += step) {
        const pieces = reader.read(long.slice(0, at));
        expect(joined(pieces)).toBe(long.slice(0, at));
        // The very same objects, so that nothing that stands is shown anew.
        for (const [index, piece] of before.slice(0, -2).entries()) expect(pieces[index]).toBe(piece);
        before = pieces;
      }
      expect(before).toEqual(read(long));
    }
  });

  it("begins anew with another text", () => {
    const reader = new BlockReader();
    reader.read(`${"first words\n\n".repeat(50)}`);
    expect(reader.read("other\n\nwords").map(sourceOf).join("")).toBe("other\n\nwords");
    reader.read("```\ncode");
    expect(reader.read("plain")).toEqual([{ kind: "text", blocks: [{ text: "plain", head: "" }] }]);
  });
});

describe("a block without end", () => {
  const sizes = (text: string) => {
    const pieces = read(text);
    expect(joined(pieces)).toBe(text);
    return pieces.flatMap((piece) =>
      piece.kind === "code"
        ? piece.chunks.map((chunk) => chunk.length)
        : piece.blocks.map((block) => block.text.length),
    );
  };

  it.each([
    ["lines of code", `\`\`\`\n${"const a = 1;\n".repeat(40_000)}`],
    ["one line of code", `\`\`\`\n${"x".repeat(500_000)}`],
    ["code in a list", `- a\n  \`\`\`\n${"  const a = 1;\n".repeat(40_000)}`],
    ["a list", "- an entry of the list\n".repeat(20_000)],
    ["a table", `| a | b |\n|---|---|\n${"| one | two |\n".repeat(30_000)}`],
    ["lines of a paragraph", "some words on a line\n".repeat(20_000)],
    ["one line of words", "some words ".repeat(50_000)],
    ["one word", "x".repeat(500_000)],
    ["one emoji", `a${"🙂".repeat(200_000)}`],
    ["a quotation", "> some words on a line\n".repeat(20_000)],
  ])("is cut: %s", (_, text) => {
    const found = sizes(text);
    expect(Math.max(...found)).toBeLessThanOrEqual(16_100);
    expect(text.isWellFormed()).toBe(true);
    for (const piece of read(text)) expect(sourceOf(piece).isWellFormed()).toBe(true);
  });

  it("of a table has its head before each part", () => {
    const rows = "| one | two |\n".repeat(2_000);
    const [first, ...more] = read(`| a | b |\n|---|:-:|\n${rows}\nafter`).flatMap((piece) =>
      piece.kind === "text" ? piece.blocks : [],
    );
    expect(first?.head).toBe("");
    expect(more.length).toBeGreaterThan(3);
    expect(more.at(-1)).toEqual({ text: "after", head: "" });
    for (const block of more.slice(0, -1)) expect(block.head).toBe("| a | b |\n|---|:-:|\n");
  });
});

describe("the cost of an answer of half a megabyte", () => {
  const paragraph = "Some **words** of an answer, with `code` and [a link](https://a.example).\n\n";
  const part = `## Head\n\n${paragraph.repeat(10)}- one\n- two\n\n\`\`\`ts\n${"const a = 1;\n".repeat(20)}\`\`\`\n\n`;
  const text = part.repeat(Math.ceil(500_000 / part.length));

  it("does not grow with what was written before", () => {
    const reader = new BlockReader();
    const cost = (from: number, to: number) => {
      const start = performance.now();
      for (let at = from; at < to; at += 50) reader.read(text.slice(0, at));
      return performance.now() - start;
    };
    cost(0, 50_000);
    const early = cost(50_000, 100_000);
    cost(100_000, text.length - 50_000);
    const late = cost(text.length - 50_000, text.length);
    // Reading all of it again each time would cost seven times as much at the end.
    expect(late).toBeLessThan(early * 4 + 50);
    // 1,000 steps: a step takes a small part of a frame.
    expect(late / 1_000).toBeLessThan(4);
  });

  it("is small at once", () => {
    const start = performance.now();
    expect(read(text).length).toBeGreaterThan(100);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
