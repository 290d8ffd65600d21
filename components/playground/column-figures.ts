"use client";
import { useRef, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import type { Answer, PlaygroundColumn } from "@/lib/playground";
import { answerTo, pathOf } from "@/lib/playground/client";
import { lastAnswered, type Shown, shownFigures, tileUnit } from "./figures";
import type { Session } from "./session";
import { usePath } from "./use-path";

/** The figures that one column shows now; null before its first run. */
export function useFigures(session: Session, column: PlaygroundColumn): Shown | null {
  const path = usePath(session);
  const store = session.workspace.column(column.id);
  // Not the whole state: text arrives thirty times a second, figures four times.
  const live = useStore(store, (state) => state.live?.figures ?? null);
  const answers = useStore(store, (state) => state.answers);
  const chosen = useStore(store, (state) => state.chosen);
  return shownFigures(live, { answers, chosen }, path, column.id);
}

/** The last answer of a column in sight, and which of how many it is. */
export interface LastAnswer {
  turnId: string;
  answer: Answer;
  /** From 0. */
  index: number;
  all: readonly Answer[];
}

export function useLastAnswer(session: Session, columnId: string): LastAnswer | null {
  const path = usePath(session);
  const store = session.workspace.column(columnId);
  const answers = useStore(store, (state) => state.answers);
  const chosen = useStore(store, (state) => state.chosen);
  const given = { answers, chosen };
  const turnId = lastAnswered(given, path, columnId);
  const answer = turnId === undefined ? undefined : answerTo(given, turnId);
  const all = answers[turnId ?? ""] ?? [];
  return turnId === undefined || !answer ? null : { turnId, answer, index: all.indexOf(answer), all };
}

/** The answers that count to one turn, one for each column in order. */
export function useLastAnswers(session: Session, turnId: string | undefined): (Answer | undefined)[] {
  const read = () =>
    session.workspace.store
      .getState()
      .columns.map(({ id }) => answerTo(session.workspace.column(id).getState(), turnId ?? ""));
  const seen = useRef<(Answer | undefined)[]>([]);
  return useSyncExternalStore(
    session.workspace.subscribe,
    () => {
      const now = read();
      const same = now.length === seen.current.length && now.every((answer, i) => answer === seen.current[i]);
      if (!same) seen.current = now;
      return seen.current;
    },
    () => seen.current,
  );
}

function fastest(session: Session): number {
  const state = session.workspace.store.getState();
  const path = pathOf(state);
  const rates = state.columns.map(({ id }) => {
    const given = session.workspace.column(id).getState();
    return shownFigures(given.live?.figures ?? null, given, path, id)?.tokensPerSecond ?? 0;
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
