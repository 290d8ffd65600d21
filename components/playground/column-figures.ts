"use client";
import { useSyncExternalStore } from "react";
import { useStore } from "zustand";
import type { PlaygroundColumn } from "@/lib/playground";
import { type Shown, shownFigures, tileUnit } from "./figures";
import type { Session } from "./session";

/** The figures that one column shows now; null before its first run. */
export function useFigures(session: Session, column: PlaygroundColumn): Shown | null {
  const turns = useStore(session.workspace.store, (state) => state.turns);
  const store = session.workspace.column(column.id);
  // Not the whole state: text arrives thirty times a second, figures four times.
  const live = useStore(store, (state) => state.live?.figures ?? null);
  const answers = useStore(store, (state) => state.answers);
  return shownFigures(live, answers, turns, column.id);
}

function fastest(session: Session): number {
  const { columns, turns } = session.workspace.store.getState();
  const rates = columns.map(({ id }) => {
    const { live, answers } = session.workspace.column(id).getState();
    return shownFigures(live?.figures ?? null, answers, turns, id)?.tokensPerSecond ?? 0;
  });
  return Math.max(0, ...rates);
}

/** Tokens/s of one tile: one for all columns, so that a longer bar is a faster model. */
export function useTileUnit(session: Session): number {
  return useSyncExternalStore(
    session.workspace.subscribe,
    () => tileUnit(fastest(session)),
    () => tileUnit(0),
  );
}
