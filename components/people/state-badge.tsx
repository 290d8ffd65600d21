import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { User } from "@/lib/auth";

const states: Record<User["state"], [BadgeTone, string]> = {
  active: ["ok", "active"],
  invited: ["plain", "invited"],
  disabled: ["danger", "deactivated"],
};

/** Whether a person can come in. */
export function StateBadge({ state }: Pick<User, "state">) {
  const [tone, text] = states[state];
  return (
    <Badge tone={tone} tile={state === "invited" ? "idle" : undefined}>
      {text}
    </Badge>
  );
}
