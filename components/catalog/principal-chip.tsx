import { Icon } from "@/components/ui/icon";
import type { PrincipalRef } from "@/lib/catalog";
import { principalIcons } from "./principal-name";

/** A chosen principal, 22 px. */
export function PrincipalChip({ principal, onRemove }: { principal: PrincipalRef; onRemove: () => void }) {
  return (
    <span className="inline-flex h-5.5 max-w-full items-center gap-1.25 rounded-1 bg-accent-bg pl-1.5 text-small text-accent inset-ring inset-ring-accent-line">
      <Icon name={principalIcons[principal.kind]} size={12} />
      <span className="truncate">{principal.name}</span>
      <button
        type="button"
        aria-label={`Leave ${principal.name} out`}
        onClick={onRemove}
        className="grid h-full w-5 flex-none place-items-center rounded-1 hover:bg-hover"
      >
        <Icon name="close" size={12} />
      </button>
    </span>
  );
}
