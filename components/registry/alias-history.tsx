"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { SectionHead } from "@/components/models/section-head";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Icon } from "@/components/ui/icon";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toaster";
import { useSend } from "@/components/ui/use-send";
import type { AliasMoved, RegisteredModel } from "@/lib/registry";
import { aliasMovesQuery, refreshRegistry, undoAliasMove } from "@/lib/registry/client";
import { movedWords } from "./moved-words";

/** Every move of a model's aliases, newest first; the last one of each can be taken back. */
export function AliasHistory({ model }: { model: RegisteredModel }) {
  const cache = useQueryClient();
  const moves = useQuery(aliasMovesQuery(model.id));
  const undo = useSend(
    ({ alias, id }: AliasMoved) => undoAliasMove(model.id, alias, id),
    (moved) => {
      toast(movedWords(moved));
      void refreshRegistry(cache);
    },
  );
  return (
    <section aria-labelledby="alias-history" className="border-t">
      <SectionHead id="alias-history" title="History" />
      {undo.error && (
        <p role="alert" className="px-4 py-2 text-small text-danger">
          Nothing was changed. {undo.error.message}
        </p>
      )}
      {moves.isPending ? (
        <RowsSkeleton rows={3} />
      ) : moves.isError ? (
        <ErrorState
          title="The history could not be read"
          error={moves.error}
          onRetry={() => void moves.refetch()}
        />
      ) : moves.data.length === 0 ? (
        <p className="px-4 py-3 text-small text-fg-subtle">No alias was moved yet.</p>
      ) : (
        <ol>
          {moves.data.map((move) => (
            <Move
              key={move.id}
              move={move}
              onUndo={canUndo(model, move) ? () => undo.send(move) : undefined}
              refusal={model.versions.find(({ number }) => number === move.from)?.unfit?.why}
              busy={undo.busy}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

/** There is no way back to a version that was deleted. */
const canUndo = ({ may, versions }: RegisteredModel, { isLast, from }: AliasMoved) =>
  may.manage && isLast && (from === null || versions.some(({ number }) => number === from));

interface MoveProps {
  move: AliasMoved;
  onUndo: (() => void) | undefined;
  /** Why it cannot be taken back now. */
  refusal: string | undefined;
  busy: boolean;
}

function Move({ move, onUndo, refusal, busy }: MoveProps) {
  const { alias, from, to, why, by, at } = move;
  return (
    <li className="flex min-h-(--h-row) flex-wrap items-center gap-x-2.5 gap-y-0.5 border-b px-4 py-1.5">
      <Icon name="pin" size={14} className="text-accent" />
      <span>
        <b>{alias}</b> {from === null ? "nowhere" : `v${from}`}
        <span className="sr-only"> to </span>
        <span aria-hidden="true"> → </span>
        {to === null ? "removed" : `v${to}`}
      </span>
      <span className="text-small text-fg-muted">
        by {by.name}, <Time at={at} />
      </span>
      {why && <span className="min-w-0 text-small wrap-anywhere text-fg-subtle">{why}</span>}
      {onUndo && (
        <Button
          size="sm"
          variant="ghost"
          icon="history"
          className="ml-auto"
          busy={busy}
          disabledReason={refusal}
          onClick={onUndo}
        >
          {from === null ? `Take ${alias} away` : `Back to v${from}`}
        </Button>
      )}
    </li>
  );
}
