import { Badge } from "@/components/ui/badge";
import type { AccessRequest } from "@/lib/catalog";
import type { MoveRequest } from "@/lib/prompts";

/** How any request stands: one for access is granted or denied, one to move an alias approved or rejected. */
export type State = AccessRequest["state"] | MoveRequest["state"];

/** What became of a request. */
export function RequestState({ state }: { state: State }) {
  if (state === "pending" || state === "withdrawn")
    return <Badge tile="idle">{state === "pending" ? "waiting" : "withdrawn"}</Badge>;
  return <Badge tone={state === "granted" || state === "approved" ? "ok" : "danger"}>{state}</Badge>;
}
