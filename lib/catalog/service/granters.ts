import "server-only";
import { kindNoun, type Privilege, type Question } from "@/lib/access";
import { decide, fullNameOf, grantMask, type Policy, type PolicyNode, pathOf } from "@/lib/access/server";

export interface Granter {
  id: string;
  because: string;
  /** Of a group: how many in it really can. */
  people: number;
}

const manage = grantMask(["MANAGE"]);

/** What one must be allowed in order to give a privilege to others. */
export function grantQuestions(privilege: string): Question[] {
  return privilege === "EXTERNAL USE SCHEMA" ? ["GRANT", "GRANT EXTERNAL USE SCHEMA"] : ["GRANT"];
}

/** Owners of the object and of what it lies in, holders of MANAGE, and the administrators; only those who really can. */
export function grantersOf(policy: Policy, node: PolicyNode, privilege: Privilege): Granter[] {
  const found = new Map<string, string>();
  for (const at of pathOf(node)) {
    const isAbove = at.kind === "metastore" && at !== node;
    const name = at === node ? `the ${kindNoun(at.kind)}` : fullNameOf(at);
    if (!found.has(at.ownerId)) {
      found.set(at.ownerId, at.kind === "metastore" ? "administrators" : `owner of ${name}`);
    }
    // MANAGE on the workbench means nothing below it.
    if (isAbove) continue;
    for (const [id, mask] of at.grants ?? []) {
      if (mask & manage && !found.has(id)) found.set(id, `MANAGE on ${name}`);
    }
  }
  return [...found].flatMap(([id, because]) => {
    const people = peopleWhoCan(policy, id, node, privilege);
    return people > 0 ? [{ id, because, people }] : [];
  });
}

function peopleWhoCan(policy: Policy, id: string, node: PolicyNode, privilege: Privilege): number {
  const people = policy.principal(id) ? [id] : policy.peopleIn(id);
  return people.filter((principalId) =>
    grantQuestions(privilege).every((question) => decide(policy, { principalId }, question, node)),
  ).length;
}
