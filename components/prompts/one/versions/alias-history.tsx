"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { PromptDetail } from "@/lib/prompts";
import { aliasMovesQuery } from "@/lib/prompts/client";
import { useUndo } from "../aliases/use-undo";
import { counted } from "../figures";
import { AliasMoveRow } from "./alias-move-row";

const shownAtFirst = 4;

/** Every move of the aliases, newest first; the last one of each can be taken back by whoever may. */
export function AliasHistory({ prompt: { fullName, pending } }: { prompt: PromptDetail }) {
  const moves = useQuery(aliasMovesQuery(fullName));
  const undo = useUndo(fullName);
  const [isWhole, setWhole] = useState(false);
  const all = moves.data ?? [];
  return (
    <section
      aria-labelledby="alias-history"
      className="flex max-h-1/2 flex-none flex-col gap-2 border-t px-4 pt-3 pb-3.5"
    >
      <h2 id="alias-history" className="flex items-baseline gap-2">
        Alias history
        {pending > 0 && (
          <span className="text-small font-regular text-fg-subtle">
            {counted(pending, "request")} waiting
          </span>
        )}
      </h2>
      {moves.isPending ? (
        <RowsSkeleton rows={2} height="h-6.5" />
      ) : moves.isError ? (
        <ErrorState
          title="The history could not be read"
          error={moves.error}
          onRetry={() => void moves.refetch()}
        />
      ) : all.length === 0 ? (
        <p className="text-small text-fg-subtle">No alias was moved yet.</p>
      ) : (
        <ol className="min-h-0 overflow-y-auto text-small">
          {(isWhole ? all : all.slice(0, shownAtFirst)).map((move) => (
            <AliasMoveRow
              key={move.id}
              move={move}
              onUndo={move.mayUndo && move.isLast ? () => undo.send(move) : undefined}
              busy={undo.busy}
            />
          ))}
        </ol>
      )}
      {!isWhole && all.length > shownAtFirst && (
        <Button size="sm" variant="ghost" className="justify-self-start" onClick={() => setWhole(true)}>
          Show all {all.length} moves
        </Button>
      )}
    </section>
  );
}
