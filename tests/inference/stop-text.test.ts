import { describe, expect, it } from "vitest";
import { seededRandom } from "@/lib/inference/core/random";
import { StopText } from "@/lib/inference/core/stop-text";

function pushAll(stops: string[], pieces: string[]): { shown: string[]; stopped: boolean } {
  const stop = new StopText(stops);
  const shown: string[] = [];
  for (const piece of pieces) {
    const { text, stopped } = stop.push(piece);
    shown.push(text);
    if (stopped) return { shown, stopped };
  }
  shown.push(stop.flush());
  return { shown, stopped: false };
}

describe("StopText", () => {
  it("holds back what may be the beginning of a stop sequence", () => {
    expect(pushAll(["###"], ["a#", "#", "b"])).toEqual({ shown: ["a", "", "##b", ""], stopped: false });
  });

  it("cuts at a stop sequence that spans pieces and shows nothing of it", () => {
    expect(pushAll(["END"], ["x E", "N", "D y"])).toEqual({ shown: ["x ", "", ""], stopped: true });
  });

  it("cuts at the one of several that is complete first", () => {
    expect(pushAll(["later", "ow"], ["now or later"])).toEqual({ shown: ["n"], stopped: true });
    expect(pushAll(["acb", "c"], ["xacb"])).toEqual({ shown: ["xa"], stopped: true });
    expect(pushAll(["c", "ac"], ["xacb"])).toEqual({ shown: ["x"], stopped: true });
  });

  it("shows a held beginning when the text ends there", () => {
    expect(pushAll(["stop"], ["st"])).toEqual({ shown: ["", "st"], stopped: false });
  });

  it("passes everything through without stop sequences", () => {
    expect(pushAll([], ["a", "b"])).toEqual({ shown: ["a", "b", ""], stopped: false });
  });

  it("shows the text up to the first stop sequence however it is cut into pieces", () => {
    const random = seededRandom(2);
    const letters = (count: number) =>
      Array.from({ length: count }, () => "abc"[Math.floor(random() * 3)]).join("");
    for (let round = 0; round < 1000; round++) {
      const text = letters(30);
      const stops = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
        letters(1 + Math.floor(random() * 5)),
      );
      const pieces: string[] = [];
      for (let at = 0; at < text.length; ) {
        const size = 1 + Math.floor(random() * 4);
        pieces.push(text.slice(at, at + size));
        at += size;
      }
      const found = stops
        .filter((stop) => text.includes(stop))
        .map((stop) => ({ start: text.indexOf(stop), end: text.indexOf(stop) + stop.length }))
        .sort((a, b) => a.end - b.end || a.start - b.start);
      const expected = text.slice(0, found[0]?.start);
      const { shown, stopped } = pushAll(stops, pieces);
      expect(shown.join(""), `${text} by ${stops}`).toBe(expected);
      expect(stopped).toBe(found.length > 0);
    }
  });
});
