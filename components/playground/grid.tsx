"use client";
import { useMemo } from "react";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { addRow, inputsOf } from "@/lib/playground/client";
import { GridHead } from "./grid-head";
import { GridRow } from "./grid-row";
import type { Session } from "./session";
import { gridSize, useGridRun } from "./use-grid-run";

/** Inputs as rows, columns as variants: each cell is an answer, run alone, by row, by column or all at once. */
export function Grid({ session }: { session: Session }) {
  const { workspace, view } = session;
  const state = useStore(workspace.store);
  const names = inputsOf(state).join(" ");
  const inputs = useMemo(() => names.split(" "), [names]);
  const run = useGridRun(session);
  const paste = () => view.setState({ dialog: "rows" });
  if (state.rows.length === 0) {
    return (
      <div className="grid min-h-0 flex-1 content-center">
        <EmptyState
          kind="table"
          title="No inputs yet"
          action={
            <span className="flex justify-center gap-2">
              <Button variant="primary" icon="table" onClick={paste}>
                Paste rows
              </Button>
              <Button icon="plus" onClick={() => addRow(workspace, state.values)}>
                Add a row
              </Button>
            </span>
          }
        >
          Every row fills {inputs.map((name) => `{{${name}}}`).join(", ")} and is answered by every column.
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <section
        aria-label="Grid"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2"
      >
        <table className="w-full border-separate border-spacing-0 text-small">
          <GridHead session={session} inputs={inputs} run={run} />
          <tbody>
            {state.rows.map((row, index) => (
              <GridRow key={row.id} session={session} row={row} index={index} inputs={inputs} run={run} />
            ))}
          </tbody>
        </table>
      </section>
      <footer className="flex flex-none items-center gap-2 border-t px-4 py-2.5 max-sm:flex-wrap">
        <Button variant="ghost" size="sm" icon="plus" onClick={() => addRow(workspace)}>
          Row
        </Button>
        <Button variant="ghost" size="sm" icon="table" onClick={paste}>
          Paste rows
        </Button>
        <span className="ml-auto text-small text-fg-subtle">
          {gridSize(state.rows.length, state.columns.length)}
        </span>
        <Button
          variant="primary"
          icon="play"
          kbd="⌘↵"
          disabledReason={run.reason}
          onClick={() => run.start(state.rows.map(({ id }) => id))}
        >
          Run all
        </Button>
      </footer>
    </>
  );
}
