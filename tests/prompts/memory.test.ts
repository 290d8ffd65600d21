import { describe, expect, it } from "vitest";
import { Recent } from "@/lib/prompts/service/recent";
import { inTurn } from "@/lib/prompts/service/turns";

describe("what is remembered", () => {
  it("is what was used last, up to a weight in all", () => {
    const recent = new Recent<string>(10);
    recent.set("a", "A", 4);
    recent.set("b", "B", 4);
    expect(recent.get("a")).toBe("A");
    recent.set("c", "C", 4);
    expect(["a", "b", "c"].map((key) => recent.get(key))).toEqual(["A", undefined, "C"]);
    // Replaced, it weighs what it weighs now.
    recent.set("a", "longer", 6);
    expect(["a", "c"].map((key) => recent.get(key))).toEqual(["longer", "C"]);
    recent.set("d", "D", 1);
    expect(["a", "c", "d"].map((key) => recent.get(key))).toEqual([undefined, "C", "D"]);
  });

  it("holds one that is heavier than all may be, alone", () => {
    const recent = new Recent<string>(10);
    recent.set("a", "A", 1);
    recent.set("b", "B", 20);
    expect(["a", "b"].map((key) => recent.get(key))).toEqual([undefined, "B"]);
    recent.set("c", "C", 1);
    expect(["b", "c"].map((key) => recent.get(key))).toEqual([undefined, "C"]);
  });
});

describe("works in turn", () => {
  const soon = (log: string[], name: string) => async () => {
    log.push(`${name} begins`);
    await new Promise((done) => setTimeout(done, 5));
    log.push(`${name} ends`);
    return name;
  };

  it("of one key do not overlap, those of others do", async () => {
    const log: string[] = [];
    const all = [inTurn("x", soon(log, "1")), inTurn("x", soon(log, "2")), inTurn("y", soon(log, "3"))];
    expect(await Promise.all(all)).toEqual(["1", "2", "3"]);
    expect(log.indexOf("2 begins")).toBeGreaterThan(log.indexOf("1 ends"));
    expect(log.indexOf("3 begins")).toBeLessThan(log.indexOf("1 ends"));
  });

  it("go on after one that failed", async () => {
    const log: string[] = [];
    const failed = inTurn("x", () => Promise.reject(new Error("no")));
    const next = inTurn("x", soon(log, "2"));
    await expect(failed).rejects.toThrow("no");
    expect(await next).toBe("2");
  });
});
