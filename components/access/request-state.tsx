import { Badge } from "@/components/ui/badge";
import type { AccessRequest } from "@/lib/catalog";

/** What became of a request. */
export function RequestState({ state }: Pick<AccessRequest, "state">) {
  if (state === "granted") return <Badge tone="ok">granted</Badge>;
  if (state === "denied") return <Badge tone="danger">denied</Badge>;
  return <Badge tile="idle">{state === "pending" ? "waiting" : "withdrawn"}</Badge>;
}
