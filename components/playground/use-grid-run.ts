"use client";
import { useStore } from "zustand";
import { missingToRunRows } from "@/lib/playground/client";
import { count } from "./figures";
import type { Session } from "./session";

export interface GridRun {
  /** Why no cell can be run now. */
  reason: string | undefined;
  /** Runs these rows in these columns; in all where none are named. */
  start(rowIds: readonly string[], columnIds?: readonly string[]): void;
  summary: string;
}

/** Running cells of the grid. */
export function useGridRun({ workspace, runner }: Session): GridRun {
  const state = useStore(workspace.store);
  const { rows, columns, running } = state;
  const missing = missingToRunRows(state);
  const cells = rows.length * columns.length;
  return {
    reason:
      running.length > 0
        ? "Waits for the cells that run"
        : missing.length > 0
          ? `Needs ${missing.join(" and ")}`
          : undefined,
    start: (rowIds, columnIds = columns.map(({ id }) => id)) => void runner.runCells(rowIds, columnIds),
    summary: `${count(rows.length)} row${rows.length === 1 ? "" : "s"} × ${columns.length} column${
      columns.length === 1 ? "" : "s"
    }, ${count(cells)} cell${cells === 1 ? "" : "s"}`,
  };
}
