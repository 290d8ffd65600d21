import type { PrincipalRef } from "@/lib/catalog";
import type { AliasRule } from "@/lib/prompts";

/** A mover as the fields of the catalog know principals. */
export function moverPrincipal({ id, name, kind }: AliasRule["movers"][number]): PrincipalRef {
  const as = kind === "service-principal" ? "service_principal" : kind;
  return { id, name, kind: as, handle: "", isActive: true };
}
