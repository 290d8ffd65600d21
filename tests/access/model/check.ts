import type { Question } from "@/lib/access";
import type { Engine } from "./engine";
import { subjectOfKey } from "./engine";
import { Story } from "./generate";
import { allQuestions, rights, rightsOfKey } from "./oracle";
import { Random } from "./random";
import { emptyWorld, happen, type Step, type Thing, type World } from "./world";

export interface Mismatch {
  who: string;
  question: Question;
  on: string;
  /** What the oracle says. */
  expected: boolean;
  what: "decision" | "explanation" | "conditions";
}

export interface Failure extends Mismatch {
  seed: number;
  steps: Step[];
}

export interface Figures {
  sequences: number;
  steps: number;
  decisions: number;
  allowed: number;
  explanations: number;
}

export const noFigures = (): Figures => ({
  sequences: 0,
  steps: 0,
  decisions: 0,
  allowed: 0,
  explanations: 0,
});

/** Everybody and every key whose rights can be asked for. */
export const askers = (world: World) => [...world.people.keys(), ...world.keys.keys(), "nobody"];

/** Compares all questions that one asker may have about one thing. */
function comparePair(
  world: World,
  engine: Engine,
  who: string,
  thing: Thing,
  figures: Figures,
  doesExplain: boolean,
): Mismatch | null {
  const key = world.keys.get(who);
  const expectedRights = key ? rightsOfKey(world, key, thing) : rights(world, who, thing);
  const subject = key ? subjectOfKey(key) : { principalId: who };
  const node = engine.node(thing);
  for (const question of allQuestions) {
    const expected = expectedRights.has(question);
    const differs = (what: Mismatch["what"]) => ({ who, question, on: thing.id, expected, what });
    figures.decisions += 1;
    if (expected) figures.allowed += 1;
    const allow = node !== undefined && engine.decide(subject, question, node);
    if (allow !== expected) return differs("decision");
    const why = node && doesExplain ? engine.explain(subject, question, node) : null;
    if (!why) continue;
    figures.explanations += 1;
    if (why.allow !== expected) return differs("explanation");
    const areMet = why.conditions.length > 0 && why.conditions.every(({ met }) => met);
    if (areMet !== expected) return differs("conditions");
  }
  return null;
}

/** Compares everything that anybody may ask about any thing. */
export function compareAll(
  world: World,
  engine: Engine,
  figures: Figures,
  doesExplain: boolean,
): Mismatch | null {
  for (const who of askers(world)) {
    for (const thing of world.things.values()) {
      const found = comparePair(world, engine, who, thing, figures, doesExplain);
      if (found) return found;
    }
  }
  return null;
}

/** Draws one sequence and compares: some pairs after each step, all of them at the end. */
export function runSequence(seed: number, engine: Engine, figures: Figures): Failure | null {
  const random = new Random(seed);
  const story = new Story(random);
  const { world, steps } = story;
  const tell: Parameters<Story["begin"]>[0] = (changes) => engine.told(world, changes);
  story.begin(tell);
  const length = 8 + random.below(24);
  for (let i = 0; i < length; i += 1) {
    story.next(tell);
    figures.steps += 1;
    for (let drawn = 0; drawn < 2; drawn += 1) {
      const who = random.pick(askers(world));
      const thing = random.pick([...world.things.values()]);
      const found = comparePair(world, engine, who, thing, figures, drawn === 0 && i % 6 === 0);
      if (found) return { ...found, seed, steps };
    }
  }
  figures.sequences += 1;
  const found = compareAll(world, engine, figures, false);
  return found && { ...found, seed, steps };
}

/** The first sequence on which the engine and the oracle differ. */
export function findFailure(
  makeEngine: () => Engine,
  runs: number,
  seed: number,
  figures: Figures,
): Failure | null {
  for (let run = 0; run < runs; run += 1) {
    const failure = runSequence(seed + run, makeEngine(), figures);
    if (failure) return failure;
  }
  return null;
}

/** Plays given steps and compares everything after each. */
function replay(steps: readonly Step[], engine: Engine): Mismatch | null {
  const world = emptyWorld();
  for (const step of steps) {
    engine.told(world, happen(world, step));
    const found = compareAll(world, engine, noFigures(), true);
    if (found) return found;
  }
  return null;
}

/** The same failure with every step left out that it does not need. */
export function shrink(failure: Failure, makeEngine: () => Engine): Failure {
  let { steps } = failure;
  let best: Mismatch = failure;
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < steps.length; ) {
      const fewer = [...steps.slice(0, at), ...steps.slice(at + size)];
      const found = replay(fewer, makeEngine());
      if (found) [steps, best] = [fewer, found];
      else at += size;
    }
  }
  return { ...best, seed: failure.seed, steps };
}

/** A failure for a person to read. */
export function tell({ seed, steps, who, question, on, expected, what }: Failure): string {
  const lines = steps.map(({ do: verb, ...rest }, index) => `${index + 1}. ${verb} ${JSON.stringify(rest)}`);
  const said = `The ${what} differs: may ${who} ${question} on ${on}? The oracle says ${expected ? "yes" : "no"}.`;
  return [`Seed ${seed}`, ...lines, said].join("\n");
}
