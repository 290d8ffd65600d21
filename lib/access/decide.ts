import { Asked, compile, grantedMask, type Model } from "./compile";
import { isSchemaKind, type Kind } from "./kinds";
import type { Policy, PolicyNode } from "./policy";
import { bitOf, isPrivilege, type Privilege, reach } from "./privileges";
import { type Level, type Question, questionsOf, ruleFor } from "./rules";

/** What a key was narrowed to; its owner's rights stay the upper bound. */
export interface Scope {
  /** Mask of privileges, or null for all. */
  privileges: number | null;
  /** Ids of objects; what lies in them is meant too. Null for all. */
  securables: ReadonlySet<string> | null;
}

/** Whose rights are asked for. */
export interface Subject {
  principalId: string;
  scope?: Scope;
}

/** The container of an object at a level, or the object. */
export function nodeAt(node: PolicyNode, level: Level): PolicyNode | null {
  if (level === "object") return node;
  for (let at: PolicyNode | null = node; at; at = at.parent) if (at.kind === level) return at;
  return null;
}

/** Where what was granted on a container also holds: everywhere but below the metastore. */
export function inheritsFrom(node: PolicyNode): PolicyNode | null {
  const { parent } = node;
  if (!parent || parent.kind === "metastore") return null;
  return node.kind === "schema" || isSchemaKind(node.kind) ? parent : null;
}

/** The mask of all privileges held on the object by grants, its own and inherited ones. */
export function effectiveMask(node: PolicyNode, closure: Iterable<string>): number {
  const ids = new Set(closure);
  let mask = 0;
  for (let at: PolicyNode | null = node; at; at = inheritsFrom(at)) {
    mask |= reach(grantedMask(at, ids), at.kind, node.kind);
  }
  return mask;
}

/** Whether the object, or a container of it, is among those the key was narrowed to. */
function isInScope(node: PolicyNode, ids: ReadonlySet<string>): boolean {
  for (let at: PolicyNode | null = node; at; at = at.parent) if (ids.has(at.id)) return true;
  return false;
}

const all = bitOf("ALL PRIVILEGES");
const ungrantable = bitOf("MANAGE") | bitOf("EXTERNAL USE SCHEMA");

/** Whether a scope of privileges covers a question; giving rights to others is part of MANAGE. */
export function scopeCovers(mask: number, question: Question): boolean {
  const bit = bitOf(isPrivilege(question) ? question : "MANAGE");
  return (mask & bit) !== 0 || ((mask & all) !== 0 && (bit & ungrantable) === 0);
}

/** The privileges that a scope leaves of those that can be asked of the object. */
export function scopedPrivileges(mask: number, kind: Kind): Privilege[] {
  return questionsOf(kind).filter((privilege) => scopeCovers(mask, privilege));
}

type Decide = (policy: Policy, subject: Subject, question: Question, node: PolicyNode) => boolean;

/** Whether the scope of a key leaves open what is asked, whatever its owner's rights are. */
export function scopeAllows(
  policy: Policy,
  { principalId, scope }: Subject,
  question: Question,
  node: PolicyNode,
  decideFor: Decide = decide,
): boolean {
  if (!scope) return true;
  if (scope.securables && !isInScope(node, scope.securables)) return false;
  const mask = scope.privileges;
  if (mask === null || scopeCovers(mask, question)) return true;
  // Seen is what may be used in some way, or the key would show what it cannot reach.
  return (
    question === "BROWSE" &&
    scopedPrivileges(mask, node.kind).some((privilege) => decideFor(policy, { principalId }, privilege, node))
  );
}

/** The decision by a model; the model test breaks one piece of it at a time. */
export function decideBy(model: Model): Decide {
  const testFor = compile(model);
  const decideFor: Decide = (policy, subject, question, node) => {
    const test = testFor(node.kind, question);
    if (!test) return false;
    const closure = policy.closureSet(subject.principalId);
    if (closure.size === 0 || !test(new Asked(node, closure))) return false;
    return !subject.scope || scopeAllows(policy, subject, question, node, decideFor);
  };
  return decideFor;
}

/**
 * Whether the subject may do on the object what is asked, as of the policy's epoch: the right of a key
 * is its owner's right now and its scope. Pure; about 1 µs.
 */
export const decide: Decide = decideBy({ ruleFor, reach });
