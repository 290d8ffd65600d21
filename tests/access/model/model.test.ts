import { describe, expect, it } from "vitest";
import { grantablePrivileges, storedKinds } from "@/lib/access";
import { findFailure, noFigures, shrink, tell } from "./check";
import { Engine } from "./engine";
import { mutants } from "./mutants";
import { givable } from "./oracle";

const runs = 2_000;
const makeEngine = () => new Engine();

describe("decisions against an independent telling of the rules", () => {
  it("agree, with their explanations, over 2,000 random sequences", () => {
    const figures = noFigures();
    const failure = findFailure(makeEngine, runs, 1, figures);
    expect(failure && tell(shrink(failure, makeEngine))).toBeNull();
    expect(figures.sequences).toBe(runs);
    expect(figures.allowed).toBeGreaterThan(50_000);
    expect(figures.explanations).toBeGreaterThan(50_000);
  });

  it.each(storedKinds)("agree on what can be granted on a %s", (kind) => {
    expect([...givable(kind)].sort()).toEqual([...grantablePrivileges(kind)].sort());
  });
});

describe("an engine with one thing wrong is found out", () => {
  it.each(mutants)("when $name", ({ make }) => {
    const failure = findFailure(make, runs, 1, noFigures());
    expect(failure?.what).toBe("decision");
  });

  it("with the few steps that show it", () => {
    const [first] = mutants;
    if (!first) throw new Error("There are no mutants");
    const failure = findFailure(first.make, runs, 1, noFigures());
    if (!failure) throw new Error("The first mutant was not found out");
    const short = shrink(failure, first.make);
    expect(short.steps.length).toBeLessThan(10);
    expect(tell(short)).toContain(short.question);
  });
});
