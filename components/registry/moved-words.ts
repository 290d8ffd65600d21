import type { AliasMoved } from "@/lib/registry";

/** "champion now points to v5" */
export function movedWords({ alias, to }: AliasMoved): string {
  return to === null ? `${alias} is removed` : `${alias} now points to v${to}`;
}
