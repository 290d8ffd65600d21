import type { IconName } from "@/components/ui/icon";
import type { Kind } from "@/components/ui/kind-icon";
import { administrators, type StoredKind } from "@/lib/access";
import type { PrincipalRef } from "@/lib/catalog";

/** The sign of an object's kind. */
export const objectKind = (kind: StoredKind): Kind => (kind === "metastore" ? "catalog" : kind);

/** The sign of whoever holds a right. */
export function principalIcon({ id, kind }: Pick<PrincipalRef, "id" | "kind">): IconName {
  if (id === administrators) return "shield";
  return kind === "group" ? "people" : kind === "service_principal" ? "robot" : "person";
}
