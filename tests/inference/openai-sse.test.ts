import { describe, expect, it } from "vitest";
import { SseParser } from "@/lib/inference/engines/openai-sse";

function parse(text: string, cut: number): string[] {
  const parser = new SseParser();
  const bytes = Buffer.from(text, "utf8");
  const events: string[] = [];
  for (let at = 0; at < bytes.length; at += cut) events.push(...parser.push(bytes.subarray(at, at + cut)));
  return [...events, ...parser.end()];
}

const sizes = [1, 2, 3, 5, 7, 64, 10_000];

describe("the event-stream parser", () => {
  it.each(sizes)("reads LF, CRLF and CR alike in pieces of %i bytes", (cut) => {
    for (const end of ["\n", "\r\n", "\r"]) {
      const text = [
        "data: één",
        "",
        ": comment",
        "event: x",
        "data: two",
        "data: lines",
        "",
        "data:bare",
        "",
        "",
      ].join(end);
      expect(parse(text, cut)).toEqual(["één", "two\nlines", "bare"]);
    }
  });

  it.each(sizes)("keeps characters of several bytes whole in pieces of %i bytes", (cut) => {
    expect(parse("data: 漢字 🙂 é\n\n", cut)).toEqual(["漢字 🙂 é"]);
  });

  it("reads a last event that no blank line closes", () => {
    expect(parse("data: a\n\ndata: b", 4)).toEqual(["a", "b"]);
    expect(parse("data: a\n\ndata: b\n", 4)).toEqual(["a", "b"]);
  });

  it("skips a byte order mark, other fields and events without data", () => {
    expect(parse("\ufeffdata: a\n\nevent: ping\n\nid: 4\nretry: 3\n\ndata\n\n", 1)).toEqual(["a", ""]);
  });

  it("takes away one space after the colon only", () => {
    expect(parse("data:  two\n\n", 100)).toEqual([" two"]);
  });

  it("refuses a line and an event that do not end", () => {
    const pour = (line: string) => () => {
      const parser = new SseParser();
      for (let i = 0; i < 200; i++) parser.push(Buffer.from(line));
    };
    expect(pour("a".repeat(64 * 1024))).toThrow("too large");
    expect(pour(`data: ${"a".repeat(64 * 1024)}\n`)).toThrow("too large");
  });

  it("passes any number of events through without keeping them", () => {
    const parser = new SseParser();
    let count = 0;
    for (let i = 0; i < 200; i++)
      count += parser.push(Buffer.from(`data: ${"a".repeat(64 * 1024)}\n\n`)).length;
    expect(count).toBe(200);
  });
});
