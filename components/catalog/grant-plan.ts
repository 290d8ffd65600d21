import { allUsers, grantablePrivileges, isPrivilege, type Privilege } from "@/lib/access";
import type { Effect, GrantChanges, GrantEntry, ObjectRef, PrincipalRef } from "@/lib/catalog";

/** A privilege somebody needs above the object, and who needs it. */
export interface Precondition {
  privilege: Privilege;
  on: ObjectRef;
  principals: PrincipalRef[];
}

/** What everyone of these has by a grant here or above, with the name of the place. */
export function heldByAll(
  entries: readonly GrantEntry[],
  principals: readonly PrincipalRef[],
): Map<Privilege, string> {
  const held = new Map<Privilege, string>();
  if (principals.length === 0) return held;
  for (const { privilege } of entries) {
    const ways = principals.map(({ id }) =>
      entries.find((entry) => entry.privilege === privilege && [id, allUsers].includes(entry.principal.id)),
    );
    const [way] = ways;
    if (way && ways.every(Boolean)) held.set(privilege, way.isInherited ? way.at.fullName : "a grant here");
  }
  return held;
}

/** What is missing above the objects and the reader may grant there too. */
export function preconditionsOf(effect: Effect | undefined, objects: readonly ObjectRef[]): Precondition[] {
  const found = new Map<string, Precondition>();
  for (const { principal, missing } of effect?.principals ?? []) {
    for (const { need, on, mayGrant } of missing) {
      const isAbove = objects.every(({ id }) => id !== on.id);
      if (!mayGrant || !isAbove || !isPrivilege(need) || !grantablePrivileges(on.kind).includes(need))
        continue;
      const key = `${need} ${on.id}`;
      const known = found.get(key) ?? { privilege: need, on, principals: [] };
      found.set(key, { ...known, principals: [...known.principals, principal] });
    }
  }
  return [...found.values()];
}

/** The change to send: the privileges on every object, and what it needs above them. */
export function planOf(
  objects: readonly ObjectRef[],
  principals: readonly PrincipalRef[],
  privileges: readonly Privilege[],
  preconditions: readonly Precondition[],
): GrantChanges {
  const changes = principals.map(({ id }) => ({ principalId: id, add: [...privileges] }));
  const also = preconditions.map(({ privilege, on, principals: whom }) => ({
    objectId: on.id,
    changes: whom.map(({ id }) => ({ principalId: id, add: [privilege] })),
  }));
  return { objectIds: objects.map(({ id }) => id), changes, ...(also.length > 0 ? { also } : {}) };
}

/** One row for each principal on each object. */
export function auditRows({ objectIds, changes, also = [] }: GrantChanges): number {
  return also.reduce((sum, item) => sum + item.changes.length, objectIds.length * changes.length);
}
