import { type Kind, pathKinds } from "./kinds";
import type { PolicyNode } from "./policy";
import { bitOf, privileges } from "./privileges";
import type { Atom, Level, Question, Rule } from "./rules";

/** What decides: a formula for each question, and what a grant means below the place where it was made. */
export interface Model {
  ruleFor(kind: Kind, question: Question): Rule | null;
  reach(mask: number, at: Kind, on: Kind): number;
}

/** How many steps up from an object of that kind a level is; -1 where it has none. */
export function positionOf(kind: Kind, level: Level): number {
  return level === "object" ? 0 : pathKinds(kind).indexOf(level);
}

/** The mask of privileges that, granted on `at`, give one of the wanted bits on `on`. */
export function givers(reach: Model["reach"], wanted: number, at: Kind, on: Kind): number {
  let mask = 0;
  for (const privilege of privileges) {
    if (reach(bitOf(privilege), at, on) & wanted) mask |= bitOf(privilege);
  }
  return mask;
}

/** What was granted on exactly this object to any of the principals. */
export function grantedMask(node: PolicyNode, closure: ReadonlySet<string>): number {
  const { grants } = node;
  if (!grants) return 0;
  let mask = 0;
  if (grants.size <= closure.size) {
    for (const [id, granted] of grants) if (closure.has(id)) mask |= granted;
  } else {
    for (const id of closure) mask |= grants.get(id) ?? 0;
  }
  return mask;
}

/** Asks about one object for one principal and its groups; reads each place once, and only when needed. */
export class Asked {
  private readonly masks: [number, number, number, number] = [-1, -1, -1, -1];

  constructor(
    readonly node: PolicyNode,
    readonly closure: ReadonlySet<string>,
  ) {}

  at(position: number): PolicyNode | null {
    let at: PolicyNode | null = this.node;
    for (let i = 0; i < position && at; i += 1) at = at.parent;
    return at;
  }

  maskAt(position: number): number {
    const known = this.masks[position] ?? 0;
    if (known >= 0) return known;
    const at = this.at(position);
    const mask = at ? grantedMask(at, this.closure) : 0;
    this.masks[position] = mask;
    return mask;
  }

  owns(position: number): boolean {
    const at = this.at(position);
    return at !== null && this.closure.has(at.ownerId);
  }
}

type Test = (asked: Asked) => boolean;

const never: Test = () => false;

function grantedTest(model: Model, kind: Kind, level: Level, wanted: number): Test {
  const from = positionOf(kind, level);
  const path = pathKinds(kind);
  const on = path[from];
  if (!on) return never;
  const places = path.slice(from).flatMap((at, index) => {
    const mask = givers(model.reach, wanted, at, on);
    return mask ? [{ position: from + index, mask }] : [];
  });
  return (asked) => {
    for (const { position, mask } of places) if (asked.maskAt(position) & mask) return true;
    return false;
  };
}

function atomTest(model: Model, kind: Kind, atom: Atom): Test {
  switch (atom.is) {
    case "signedIn":
      return ({ closure }) => closure.size > 0;
    case "owner": {
      const position = positionOf(kind, atom.of);
      return position < 0 ? never : (asked) => asked.owns(position);
    }
    case "granted":
      return grantedTest(model, kind, atom.on, bitOf(atom.privilege));
    case "anyGranted":
      return grantedTest(model, kind, "object", -1);
  }
}

function ruleTest(model: Model, kind: Kind, rule: Rule): Test {
  if ("all" in rule) {
    const tests = rule.all.map((each) => ruleTest(model, kind, each));
    return (asked) => {
      for (const test of tests) if (!test(asked)) return false;
      return true;
    };
  }
  if ("some" in rule) {
    const tests = rule.some.map((each) => ruleTest(model, kind, each));
    return (asked) => {
      for (const test of tests) if (test(asked)) return true;
      return false;
    };
  }
  return atomTest(model, kind, rule);
}

/** The formulas of a model as functions, each made when it is first asked for; null for a question that is never answered yes. */
export function compile(model: Model): (kind: Kind, question: Question) => Test | null {
  const made = new Map<Kind, Map<Question, Test | null>>();
  return (kind, question) => {
    const known = made.get(kind)?.get(question);
    if (known !== undefined) return known;
    const rule = model.ruleFor(kind, question);
    const test = rule && ruleTest(model, kind, rule);
    const ofKind = made.get(kind) ?? new Map<Question, Test | null>();
    made.set(kind, ofKind.set(question, test));
    return test;
  };
}
