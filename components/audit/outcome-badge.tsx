import { Badge } from "@/components/ui/badge";
import { outcomeOf } from "@/lib/audit-log";
import { outcomeLook } from "./words";

/** What came of it, with its HTTP status. */
export function OutcomeBadge({ status }: { status: number }) {
  const outcome = outcomeOf(status);
  return (
    <Badge tone={outcomeLook[outcome].tone} title={`HTTP status ${status}`}>
      {outcome === "allowed" ? outcome : `${outcome} ${status}`}
    </Badge>
  );
}
