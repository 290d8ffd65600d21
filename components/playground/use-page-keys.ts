"use client";
import { useEffect } from "react";
import type { Session } from "./session";

/** ⌘↵ runs all columns, Esc stops them, unless something that is open takes the key. */
export function usePageKeys({ runner, workspace }: Session): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector("[data-dialog]")) return;
      if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        void runner.runAll();
      } else if (event.key === "Escape" && workspace.store.getState().running.length > 0) {
        event.preventDefault();
        runner.stopAll();
      }
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [runner, workspace]);
}
