"use client";
import { useMemo } from "react";
import { useStore } from "zustand";
import { missingToRunRows } from "@/lib/playground/client";
import { count } from "./figures";
import type { Session } from "./session";

export interface GridRun {
  /** Why no cell can be run now. */
  reason: string | undefined;
  /** Runs these rows in these columns; in all where none are named. */
  start(rowIds: readonly string[], columnIds?: readonly string[]): void;
}

function reasonOf({ workspace }: Session): string | undefined {
  const state = workspace.store.getState();
  if (state.running.length > 0) return "Waits for the cells that run";
  const missing = missingToRunRows(state);
  return missing.length > 0 ? `Needs ${missing.join(" and ")}` : undefined;
}

/** Running cells of the grid; the same object as long as the same can be done. */
export function useGridRun(session: Session): GridRun {
  const reason = useStore(session.workspace.store, () => reasonOf(session));
  return useMemo(
    () => ({
      reason,
      start(rowIds, columnIds) {
        const { columns } = session.workspace.store.getState();
        void session.runner.runCells(rowIds, columnIds ?? columns.map(({ id }) => id));
      },
    }),
    [session, reason],
  );
}

/** "2 rows × 3 columns, 6 cells" */
export function gridSize(rows: number, columns: number): string {
  const of = (amount: number, noun: string) => `${count(amount)} ${noun}${amount === 1 ? "" : "s"}`;
  return `${of(rows, "row")} × ${of(columns, "column")}, ${of(rows * columns, "cell")}`;
}
