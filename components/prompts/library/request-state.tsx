import { Badge } from "@/components/ui/badge";
import type { MoveRequest } from "@/lib/prompts";

/** What became of a request. */
export function RequestState({ state }: Pick<MoveRequest, "state">) {
  if (state === "approved") return <Badge tone="ok">approved</Badge>;
  if (state === "rejected") return <Badge tone="danger">rejected</Badge>;
  return <Badge tile="idle">{state === "pending" ? "waiting" : "withdrawn"}</Badge>;
}
