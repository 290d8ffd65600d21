"use client";
import { memo } from "react";
import { useStore } from "zustand";
import { IconButton } from "@/components/ui/icon-button";
import type { Answer, PlaygroundColumn } from "@/lib/playground";
import type { RowHead } from "@/lib/playground/client";
import { AnswerText } from "./answer-text";
import { count, duration, money, rate } from "./figures";
import { LiveBadge, OutcomeBadge } from "./outcome-badge";
import type { Session } from "./session";

interface GridCellProps {
  session: Session;
  row: RowHead;
  number: number;
  column: PlaygroundColumn;
  letter: string;
  reason: string | undefined;
  onRun: () => void;
}

/** One answer of the grid with its figures. Only the cell that streams renders while it streams. */
export const GridCell = memo(function GridCell(props: GridCellProps) {
  const { session, row, number, column, letter, reason, onRun } = props;
  const store = session.workspace.column(column.id);
  const answer = useStore(store, (state) => state.cells[row.id]);
  const live = useStore(store, (state) => (state.live?.place === row.id ? state.live : null));
  return (
    <td className="border-r border-b p-0 last:border-r-0" aria-label={`${column.model}, row ${number}`}>
      <div className="grid min-h-22 grid-rows-[1fr_auto]">
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          aria-label={`Answer of ${letter} to row ${number}`}
          className="max-h-48 overflow-y-auto px-2.5 pt-2 focus-visible:-outline-offset-2"
        >
          {live ? (
            <AnswerText text={live.text} live />
          ) : answer ? (
            <Ended answer={answer} />
          ) : (
            <p className="text-fg-subtle">Not run</p>
          )}
        </section>
        <div className="flex min-h-7 items-center gap-2 pr-1 pl-2.5 text-micro whitespace-nowrap text-fg-subtle">
          {live ? (
            <LiveBadge live={live} />
          ) : (
            answer && answer.finish !== "stop" && <OutcomeBadge answer={answer} />
          )}
          {!live && answer && <span className="truncate">{figuresOf(answer)}</span>}
          <IconButton
            icon={answer ? "again" : "play"}
            size="sm"
            label={`Run row ${number} in ${letter}`}
            disabledReason={reason}
            onClick={onRun}
            className="ml-auto"
          />
        </div>
      </div>
    </td>
  );
});

function Ended({ answer }: { answer: Answer }) {
  if (answer.text !== "") return <AnswerText text={answer.text} />;
  if (answer.outcome === "failed")
    return <p className="break-words text-danger">{answer.failure?.message}</p>;
  return <p className="text-fg-subtle">Ended without a word</p>;
}

function figuresOf({ metrics }: Answer): string {
  if (!metrics) return "not measured";
  const { firstTokenMs, tokensPerSecond, outputTokens, cost } = metrics;
  return [
    outputTokens === null ? "" : `${count(outputTokens)} tokens`,
    firstTokenMs === null ? "" : duration(firstTokenMs).join(" "),
    tokensPerSecond === null ? "" : `${rate(tokensPerSecond)} tokens/s`,
    cost === undefined ? "" : money(cost),
  ]
    .filter(Boolean)
    .join(" · ");
}
