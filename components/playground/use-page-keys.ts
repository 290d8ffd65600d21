"use client";
import { useEffect } from "react";
import type { Session } from "./session";

/** ⌘↵ runs all columns, of the grid all cells, Esc stops them, unless something that is open takes the key. */
export function usePageKeys({ runner, workspace, view }: Session): void {
  useEffect(() => {
    // A button would take ⌘↵ for its own Enter.
    const pressOnButton = (event: KeyboardEvent) => {
      const onButton = event.target instanceof Element && event.target.closest("button") !== null;
      if (!onButton || event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
      press(event);
      event.stopPropagation();
    };
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector("[data-dialog]")) return;
      if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        const { rows, columns, running } = workspace.store.getState();
        if (view.getState().layout === "chat") void runner.runAll();
        else if (running.length === 0)
          void runner.runCells(
            rows.map(({ id }) => id),
            columns.map(({ id }) => id),
          );
      } else if (event.key === "Escape" && workspace.store.getState().running.length > 0) {
        event.preventDefault();
        runner.stopAll();
      }
    };
    window.addEventListener("keydown", pressOnButton, true);
    window.addEventListener("keydown", press);
    return () => {
      window.removeEventListener("keydown", pressOnButton, true);
      window.removeEventListener("keydown", press);
    };
  }, [runner, workspace, view]);
}
