import "server-only";
import { administrators, grantablePrivileges, isPrivilege, type Privilege } from "@/lib/access";
import {
  type Condition,
  decide,
  inheritsFrom,
  nodeAt,
  type PolicyNode,
  pathOf,
  reachesDown,
} from "@/lib/access/server";
import type { Asked } from "./asked";
import { asIf, type GrantItem } from "./effect";

interface Wanted {
  privilege: Privilege;
  on: PolicyNode;
}

export interface Fix {
  principalId: string;
  grants: Wanted[];
  /** Other people who could do it then. */
  othersGaining: number;
  /** Other objects on which the principal could do it then. */
  otherObjects: number;
}

/** Where a privilege can be granted so that it holds on the object: there, or on what it inherits from. */
function grantablePlace(privilege: Privilege, on: PolicyNode): PolicyNode | null {
  for (let at: PolicyNode | null = on; at; at = inheritsFrom(at)) {
    const reaches = at === on || reachesDown(privilege, at.kind, on.kind);
    if (reaches && grantablePrivileges(at.kind).includes(privilege)) return at;
  }
  return null;
}

/** The grants that are missing, in the order in which they are needed; none where no grant is enough. */
function missingGrants(conditions: readonly Condition[], privilege: Privilege, node: PolicyNode): Wanted[] {
  const wanted = conditions
    .filter(({ met }) => !met)
    .map(({ need, on }) => {
      const at = pathOf(node).find(({ id }) => id === on);
      const given = isPrivilege(need) ? need : need === "any" || need === "owner" ? privilege : null;
      const place = at && given ? grantablePlace(given, at) : null;
      return place && given ? { privilege: given, on: place } : null;
    });
  return wanted.every((each) => each !== null) ? wanted : [];
}

const itemsOf = (principalId: string, grants: readonly Wanted[]): GrantItem[] =>
  grants.map(({ on, privilege }) => ({
    node: on,
    changes: [{ principalId, add: [privilege], remove: [] }],
  }));

/** Everything in the objects on which something would be granted, but for the object asked about and what it lies in. */
function othersIn(grants: readonly Wanted[], node: PolicyNode): PolicyNode[] {
  const found = new Set(grants.map(({ on }) => on));
  for (const at of found) for (const child of at.children) found.add(child);
  const path = pathOf(node);
  return [...found].filter((each) => !path.includes(each));
}

function counted(
  { policy, node, principal, as }: Asked,
  privilege: Privilege,
  fix: Omit<Fix, "othersGaining" | "otherObjects">,
): Fix {
  const isGroup = !policy.principal(fix.principalId);
  const people = isGroup ? policy.peopleIn(fix.principalId).filter((id) => id !== principal.id) : [];
  const objects = othersIn(fix.grants, node);
  const look = () => ({
    people: people.map((principalId) => decide(policy, { principalId }, privilege, node)),
    objects: as((subject) => objects.map((each) => decide(policy, subject, privilege, each))),
  });
  const before = look();
  const after = asIf(policy, itemsOf(fix.principalId, fix.grants), look);
  const opened = (from: boolean[], to: boolean[]) => to.filter((each, index) => each && !from[index]).length;
  return {
    ...fix,
    othersGaining: opened(before.people, after.people),
    otherObjects: opened(before.objects, after.objects),
  };
}

/** What would be enough, the smallest first, then the same for a group of the principal's or on the schema. */
export function findFixes(asked: Asked, conditions: readonly Condition[], privilege: Privilege): Fix[] {
  const { policy, node, principal } = asked;
  const grants = missingGrants(conditions, privilege, node);
  if (grants.length === 0) return [];
  const principalId = principal.id;
  const schema = nodeAt(node, "schema");
  const isOnSchema = schema !== null && schema !== node && grantablePrivileges("schema").includes(privilege);
  const onSchema = grants.map((each) => (each.on === node && schema ? { ...each, on: schema } : each));
  const groups = principal.kind === "group" ? policy.groupClosure(principalId) : policy.closure(principalId);
  const wider = [
    ...groups
      .filter((id) => id !== principalId && id !== administrators)
      .map((id) => ({ principalId: id, grants })),
    ...(isOnSchema && grants.some(({ on }) => on === node) ? [{ principalId, grants: onSchema }] : []),
  ].map((fix) => counted(asked, privilege, fix));
  wider.sort((a, b) => a.othersGaining + a.otherObjects - (b.othersGaining + b.otherObjects));
  return [counted(asked, privilege, { principalId, grants }), ...wider];
}
