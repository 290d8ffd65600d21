import "server-only";
import { type StoredKind, storedKinds } from "@/lib/access";
import {
  findPrincipals,
  fullNameOf,
  type Policy,
  type PolicyNode,
  type Principal,
} from "@/lib/access/server";
import type { Tx } from "@/lib/db/server";
import type { ObjectRef, PrincipalRef } from "./schema";

type Reader = Parameters<typeof findPrincipals>[0] & Pick<Tx, "securable">;

export function storedKind(kind: string): StoredKind {
  const known = storedKinds.find((each) => each === kind);
  if (!known) throw new Error(`No object of the catalog is a ${kind}`);
  return known;
}

export function toRef(node: PolicyNode): ObjectRef {
  return { id: node.id, kind: storedKind(node.kind), name: node.name, fullName: fullNameOf(node) };
}

/** A principal that is gone keeps its id as name. */
function gone(id: string): Principal {
  return { id, kind: "user", name: id, handle: id, isActive: false };
}

/** Looks up principals by id, groups with the number of people in them. */
export async function principalNames(
  reader: Reader,
  policy: Policy,
  ids: Iterable<string | null | undefined>,
): Promise<(id: string) => PrincipalRef> {
  const wanted = [...new Set(ids)].filter((id): id is string => typeof id === "string");
  const found = await findPrincipals(reader, wanted);
  const counted = new Map<string, number>();
  const membersOf = (id: string) => {
    const known = counted.get(id) ?? policy.peopleIn(id).length;
    counted.set(id, known);
    return known;
  };
  return (id) => {
    const principal = found.get(id) ?? gone(id);
    return principal.kind === "group" ? { ...principal, members: membersOf(id) } : principal;
  };
}
