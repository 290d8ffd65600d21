import "server-only";
import { knownPolicy } from "./current";
import { decide, type Scope, type Subject } from "./decide";
import { isPersonal, type Kind, kindNoun } from "./kinds";
import {
  administrators,
  defaultSchemaId,
  fullNameOf,
  metastoreId,
  type Policy,
  type PolicyNode,
} from "./policy";
import { isPrivilege, maskOf } from "./privileges";
import type { Question } from "./rules";

/** Whoever acts: a person, a service principal, or a key of one. */
export interface Acting {
  userId: string;
  keyId?: string;
  /** What the key was narrowed to: privileges, and ids of objects. */
  scopes?: { privileges?: readonly string[]; securables?: readonly string[] } | null;
}

/** What a right is asked on. */
export type Securable =
  | { kind: "metastore" }
  /** The model that calls by this name reach. */
  | { kind: "model"; name: string }
  | { id: string; kind?: undefined }
  | { kind: "connection" | "registered-model"; id: string }
  /** All keys, sessions and so on of a person are alike; with an id, grants on that one count too. */
  | { kind: "playground" | "snapshot" | "key" | "session" | "audit-search"; ownerId: string; id?: string }
  | { kind: "user"; id: string };

export interface Decision {
  allow: boolean;
  /** The reason in words, for refusals and for "why can she see this?". */
  why: string;
}

const scopesMade = new WeakMap<object, Scope>();

function scopeOf(scopes: NonNullable<Acting["scopes"]>): Scope {
  const known = scopesMade.get(scopes);
  if (known) return known;
  const scope: Scope = {
    privileges: scopes.privileges ? maskOf(scopes.privileges.filter(isPrivilege)) : null,
    securables: scopes.securables ? new Set(scopes.securables) : null,
  };
  scopesMade.set(scopes, scope);
  return scope;
}

/** Whose rights count for what this actor does. */
export function subjectOf(actor: Acting): Subject {
  return { principalId: actor.userId, ...(actor.scopes ? { scope: scopeOf(actor.scopes) } : {}) };
}

/** The object of the policy, or one made for what has no row of its own; null for what does not exist. */
export function nodeOf(policy: Policy, securable: Securable): PolicyNode | null {
  switch (securable.kind) {
    case "metastore":
      return policy.node(metastoreId) ?? null;
    case "model":
      return calledNode(policy, securable.name);
    case undefined:
    case "connection":
    case "registered-model":
      return policy.node(securable.id) ?? null;
    case "user":
      return personalNode(policy, "user", securable.id, securable.id);
    default:
      return personalNode(policy, securable.kind, securable.id ?? securable.kind, securable.ownerId);
  }
}

const nothing: ReadonlySet<PolicyNode> = new Set();

/** What is served and not registered yet is its administrators' until it is. */
function calledNode(policy: Policy, name: string): PolicyNode | null {
  const known = policy.calledNode(name);
  if (known !== undefined) return known;
  const parent = policy.node(defaultSchemaId);
  return parent
    ? { id: "", kind: "model", name, parent, ownerId: administrators, grants: null, children: nothing }
    : null;
}

function personalNode(policy: Policy, kind: Kind, id: string, ownerId: string): PolicyNode {
  return {
    id,
    kind,
    name: id,
    parent: policy.node(metastoreId) ?? null,
    ownerId,
    grants: policy.looseGrants(id),
    children: nothing,
  };
}

/** The object as it is named in a refusal; ids of other people's things are left out. */
function named(node: PolicyNode): string {
  if (node.kind === "metastore") return "this workbench";
  return isPersonal(node.kind)
    ? `this ${kindNoun(node.kind)}`
    : `the ${kindNoun(node.kind)} ${fullNameOf(node)}`;
}

const accountKinds: readonly Kind[] = ["key", "session", "user"];

function refusal(node: PolicyNode, question: Question): string {
  const needed = isPrivilege(question) ? question : "MANAGE";
  if (node.kind === "playground") return `You need ${needed} on ${named(node)}. Its owner can grant it.`;
  const granter = node.kind === "metastore" || node.kind === "user" ? "An" : "Its owner or an";
  return `You need ${needed} on ${named(node)}. ${granter} administrator can grant it.`;
}

/**
 * Whether `actor` has the right on `securable`, and why, as of the policy this process knows; every
 * request has brought it up to date. Nothing is allowed that no rule allows. A key has its owner's rights
 * within its scopes, but for accounts: a leaked key must not mint keys, users or sessions that outlive it.
 */
export function authorize(actor: Acting, question: Question, securable: Securable): Decision {
  const policy = knownPolicy();
  const node = nodeOf(policy, securable);
  if (!node) return { allow: false, why: "It does not exist, or you may not see it." };
  if (actor.keyId && accountKinds.includes(node.kind) && question !== "BROWSE") {
    return { allow: false, why: "An API key cannot change accounts, keys or sessions. Sign in to do this." };
  }
  const allow = decide(policy, subjectOf(actor), question, node);
  return { allow, why: allow ? `${question} on ${named(node)} is held.` : refusal(node, question) };
}
