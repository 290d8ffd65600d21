import { decide, effectiveMask, inheritsFrom, nodeAt, type Subject, scopeAllows } from "./decide";
import type { Policy, PolicyNode } from "./policy";
import { bitOf, type Privilege, privilegesOf, reach } from "./privileges";
import { type Atom, type Level, type Question, type Rule, ruleFor } from "./rules";

/** Why a condition is met. */
export interface Evidence {
  /** From the principal that was asked about, through its groups, to the one that holds the right. */
  through: string[];
  /** The object on which it was granted, or which is owned. */
  at: string;
  /** What was granted there; absent for ownership. */
  as?: Privilege;
}

/** One thing that has to be true, with the other ways in which it could be. */
export interface Condition {
  /** A privilege, "owner", "any" for any privilege at all, "signed in", or "scope" for what a key was narrowed to. */
  need: Privilege | "owner" | "any" | "signed in" | "scope";
  on: string;
  met: boolean;
  evidence?: Evidence;
  /** How many pairs of principal and object were looked at in vain. */
  looked?: number;
}

export interface Explanation {
  allow: boolean;
  /** The conditions of the way that holds or, when none does, of the way to which the least is missing. */
  conditions: Condition[];
  /** The objects whose ownership would have been enough, unless it was. */
  owning: string[];
  /** The principal is unknown or switched off: nothing else was looked at. */
  inactive: boolean;
}

/** The chain from a principal to one of its groups, both included; the shortest. */
export function pathThrough(policy: Policy, from: string, to: string): string[] {
  const cameFrom = new Map<string, string | null>([[from, null]]);
  for (const [id] of cameFrom) {
    if (id === to) break;
    for (const group of policy.directGroups(id)) if (!cameFrom.has(group)) cameFrom.set(group, id);
  }
  const path: string[] = [];
  for (let at: string | null | undefined = to; at; at = cameFrom.get(at)) path.unshift(at);
  return path;
}

interface Asked {
  policy: Policy;
  principalId: string;
  closure: readonly string[];
  node: PolicyNode;
}

/** Who of the closure was granted something that gives one of the wanted bits on `node`, and where. */
function findGrant(
  { policy, principalId, closure }: Asked,
  node: PolicyNode,
  wanted: number,
): Evidence | undefined {
  for (let at: PolicyNode | null = node; at; at = inheritsFrom(at)) {
    const from = at.kind;
    for (const id of closure) {
      const mask = at.grants?.get(id) ?? 0;
      const giving = privilegesOf(mask).find(
        (privilege) => reach(bitOf(privilege), from, node.kind) & wanted,
      );
      if (giving) return { through: pathThrough(policy, principalId, id), at: at.id, as: giving };
    }
  }
  return undefined;
}

function placesLookedAt(node: PolicyNode, closure: readonly string[]): number {
  let places = 0;
  for (let at: PolicyNode | null = node; at; at = inheritsFrom(at)) places += closure.length;
  return places;
}

function ownership({ policy, principalId, closure, node }: Asked, of: Level): Condition {
  const at = nodeAt(node, of);
  const met = at !== null && closure.includes(at.ownerId);
  return {
    need: "owner",
    on: at?.id ?? node.id,
    met,
    ...(met && at ? { evidence: { through: pathThrough(policy, principalId, at.ownerId), at: at.id } } : {}),
  };
}

function conditionOf(atom: Atom, asked: Asked): Condition {
  const { closure, node } = asked;
  if (atom.is === "owner") return ownership(asked, atom.of);
  if (atom.is === "signedIn") return { need: "signed in", on: node.id, met: closure.length > 0 };
  const at = atom.is === "granted" ? (nodeAt(node, atom.on) ?? node) : node;
  const wanted = atom.is === "granted" ? bitOf(atom.privilege) : -1;
  const evidence = findGrant(asked, at, wanted);
  return {
    need: atom.is === "granted" ? atom.privilege : "any",
    on: at.id,
    met: evidence !== undefined,
    ...(evidence ? { evidence } : { looked: placesLookedAt(at, closure) }),
  };
}

interface Way {
  met: boolean;
  conditions: Condition[];
  owning: string[];
}

const missing = (way: Way) => way.conditions.filter(({ met }) => !met).length;

/** Of several ways the one that holds, else the one to which the least is missing; the first of equals. */
function walk(rule: Rule, asked: Asked): Way {
  if ("all" in rule) {
    const ways = rule.all.map((each) => walk(each, asked));
    return {
      met: ways.every(({ met }) => met),
      conditions: ways.flatMap(({ conditions }) => conditions),
      owning: ways.flatMap(({ owning }) => owning),
    };
  }
  if (!("some" in rule)) {
    const condition = conditionOf(rule, asked);
    return { met: condition.met, conditions: [condition], owning: [] };
  }
  const ways = rule.some.map((each) => walk(each, asked));
  const isOwning = ({ conditions }: Way) => conditions.some(({ need, met }) => need === "owner" && !met);
  // Ownership is another way to a right, not what somebody who lacks it is told to get.
  const ordinary = ways.filter((way) => way.met || !isOwning(way));
  const [first, ...rest] = ordinary.length > 0 ? ordinary : ways;
  if (!first) return { met: false, conditions: [], owning: [] };
  const chosen = [first, ...rest].reduce((best, way) => {
    if (best.met !== way.met) return best.met ? best : way;
    return missing(way) < missing(best) ? way : best;
  });
  return {
    met: chosen.met,
    conditions: chosen.conditions,
    owning: [
      ...chosen.owning,
      ...ways
        .filter((way) => way !== chosen && !way.met)
        .flatMap(({ conditions, owning }) => [
          ...conditions.filter(({ need, met }) => need === "owner" && !met).map(({ on }) => on),
          ...owning,
        ]),
    ],
  };
}

/** Why the subject may or may not; the same formula that `decide` reads, so that both always agree. */
export function explain(policy: Policy, subject: Subject, question: Question, node: PolicyNode): Explanation {
  const closure = policy.closure(subject.principalId);
  if (closure.length === 0) return { allow: false, conditions: [], owning: [], inactive: true };
  const rule = ruleFor(node.kind, question);
  if (!rule) return { allow: false, conditions: [], owning: [], inactive: false };
  const asked: Asked = { policy, principalId: subject.principalId, closure, node };
  const { conditions, owning } = walk(rule, asked);
  const { scope } = subject;
  const scoped: Condition[] = scope
    ? [{ need: "scope", on: node.id, met: scopeAllows(policy, subject, question, node) }]
    : [];
  return {
    allow: decide(policy, subject, question, node),
    conditions: [...dedupe(conditions), ...scoped],
    owning: [...new Set(owning)],
    inactive: false,
  };
}

function dedupe(conditions: readonly Condition[]): Condition[] {
  const seen = new Set<string>();
  return conditions.filter(({ need, on }) => {
    const key = `${need} ${on}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** All privileges held on an object, each with where it comes from: by grants, then by ownership. */
export function heldPrivileges(
  policy: Policy,
  principalId: string,
  node: PolicyNode,
): { privilege: Privilege; evidence: Evidence }[] {
  const closure = policy.closure(principalId);
  const asked: Asked = { policy, principalId, closure, node };
  return privilegesOf(effectiveMask(node, closure)).flatMap((privilege) => {
    const evidence = findGrant(asked, node, bitOf(privilege));
    return evidence ? [{ privilege, evidence }] : [];
  });
}
