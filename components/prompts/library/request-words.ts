import type { MoveRequest } from "@/lib/prompts";

/** "v3 → v5"; an alias that does not exist yet has nothing on the left. */
export const fromTo = ({ from, to }: Pick<MoveRequest, "from" | "to">) =>
  from === null ? `→ v${to}` : `v${from} → v${to}`;

/** What was decided, by whom and why. */
export function decisionWord({ state, decidedBy, decision }: MoveRequest): string {
  if (state === "pending") return "waits for whoever may move the alias";
  if (state === "withdrawn") return "";
  const by = decidedBy?.name ?? "somebody who is gone";
  return decision ? `${by}: ${decision}` : `by ${by}, without a comment`;
}
