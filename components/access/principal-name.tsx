import { Icon } from "@/components/ui/icon";
import type { PrincipalRef } from "@/lib/catalog";
import { principalIcon } from "./icons";

/** A person, group or service principal by sign and name. */
export function PrincipalName({ principal }: { principal: PrincipalRef }) {
  return (
    <span className="inline-flex max-w-full min-w-0 items-center align-middle gap-2" title={principal.handle}>
      <Icon name={principalIcon(principal)} className="text-fg-muted" />
      <span className="min-w-0 truncate">{principal.name}</span>
    </span>
  );
}
