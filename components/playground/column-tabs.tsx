"use client";
import { useStore } from "zustand";
import { cx } from "@/components/ui/cx";
import type { PlaygroundColumn } from "@/lib/playground";
import { useFigures } from "./column-figures";
import { letters, nameParts, rate } from "./figures";
import type { Session } from "./session";
import { Slot } from "./slot";
import { useHidden } from "./use-hidden";
import { useShownColumns } from "./use-shown-columns";

/** Which column is in sight where only one fits, each with its live figure. */
export function ColumnTabs({ session }: { session: Session }) {
  const columns = useShownColumns(session);
  const hidden = useHidden(session);
  const shown = useStore(session.view, (state) => state.shown);
  if (columns.length < 2) return null;
  const current = columns.some(({ id }) => id === shown) ? shown : columns[0]?.id;
  return (
    <nav aria-label="Columns" className="grid flex-none auto-cols-fr grid-flow-col border-b sm:hidden">
      {columns.map((column, index) => (
        <Tab
          key={column.id}
          session={session}
          column={column}
          letter={letters[index] ?? "?"}
          current={column.id === current}
          hidden={hidden}
        />
      ))}
    </nav>
  );
}

interface TabProps {
  session: Session;
  column: PlaygroundColumn;
  letter: string;
  current: boolean;
  hidden: boolean;
}

function Tab({ session, column, letter, current, hidden }: TabProps) {
  const figures = useFigures(session, column);
  const speed = figures?.tokensPerSecond;
  return (
    <button
      type="button"
      aria-current={current || undefined}
      onClick={() => session.view.setState({ shown: column.id })}
      className={cx(
        "flex h-11 min-w-0 items-center justify-center gap-2 border-r px-1 text-small last:border-r-0 focus-visible:-outline-offset-2",
        current ? "text-fg shadow-[inset_0_-2px_0_var(--accent)]" : "text-fg-muted",
      )}
    >
      <span className="sr-only">Column </span>
      <Slot letter={letter} quiet={!current} />
      <span className={cx("truncate", figures?.live && "text-live")}>
        {hidden ? `Model ${letter}` : speed == null ? nameParts(column).name : `${rate(speed)} t/s`}
      </span>
    </button>
  );
}
