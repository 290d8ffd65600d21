import { Icon } from "@/components/ui/icon";
import { Time } from "@/components/ui/time";
import type { AliasMoved } from "@/lib/prompts";

interface AliasMoveRowProps {
  move: AliasMoved;
  onUndo: (() => void) | undefined;
  busy: boolean;
}

/** "production v2 → v3 by Mira, 10 Nov", why, and who had asked for it. */
export function AliasMoveRow({ move, onUndo, busy }: AliasMoveRowProps) {
  const { alias, from, to, why, by, at, undoes, requestedBy } = move;
  return (
    <li className="flex items-start gap-2 py-0.75">
      <Icon name={undoes === null ? "pin" : "history"} size={14} className="mt-0.5 text-fg-subtle" />
      <span className="min-w-0 flex-1 wrap-anywhere">
        <b>{alias}</b> {from === null ? "nowhere" : `v${from}`}
        <span className="sr-only"> to </span>
        <span aria-hidden="true"> → </span>
        {to === null ? "removed" : `v${to}`}{" "}
        <span className="text-fg-muted">
          {undoes === null ? "by" : "taken back by"} {by.name}, <Time at={at} day />
          {requestedBy && `, asked for by ${requestedBy.name}`}
        </span>
        {why && <span className="block text-fg-subtle">{why}</span>}
      </span>
      {onUndo && (
        <button
          type="button"
          aria-label={`Undo the move of ${alias}`}
          aria-disabled={busy || undefined}
          onClick={() => !busy && onUndo()}
          className="flex-none text-accent hover:text-accent-strong max-sm:min-h-11 max-sm:px-2"
        >
          Undo
        </button>
      )}
    </li>
  );
}
