import type { AliasMoved } from "@/lib/prompts";

/** "production: v3 → v5" */
export function movedWords({ alias, from, to }: Pick<AliasMoved, "alias" | "from" | "to">): string {
  if (to === null) return `${alias} is removed`;
  return from === null ? `${alias} points to v${to}` : `${alias}: v${from} → v${to}`;
}
