"use client";
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { Column } from "./column";
import { letters } from "./figures";
import type { Session } from "./session";
import { useShownColumns } from "./use-shown-columns";

/** The columns side by side; where only one fits they are swiped. */
export function Columns({ session }: { session: Session }) {
  const columns = useShownColumns(session);
  const shown = useStore(session.view, (state) => state.shown);
  const strip = useRef<HTMLDivElement>(null);

  // A pressed tab moves the strip; a swipe of the strip moves the tab, below.
  useEffect(() => {
    const target = strip.current?.querySelector(`[data-column="${shown}"]`);
    if (target instanceof HTMLElement) strip.current?.scrollTo?.({ left: target.offsetLeft });
  }, [shown]);

  return (
    <div
      ref={strip}
      onScroll={({ currentTarget: node }) => {
        const first = node.querySelector<HTMLElement>("[data-column]");
        if (!first || first.offsetWidth < node.clientWidth - 1) return;
        const at = Math.round(node.scrollLeft / first.offsetWidth);
        const id = columns[at]?.id;
        if (id) session.view.setState({ shown: id });
      }}
      className="relative grid min-h-0 flex-1 auto-cols-[minmax(15rem,1fr)] grid-flow-col overflow-x-auto overflow-y-hidden max-sm:snap-x max-sm:snap-mandatory max-sm:auto-cols-[100%]"
    >
      {columns.map((column, index) => (
        <Column key={column.id} session={session} column={column} letter={letters[index] ?? "?"} />
      ))}
    </div>
  );
}
