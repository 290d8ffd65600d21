"use client";
import { useEffect } from "react";

/** The key G grants on the open object, unless somebody types or a dialog is open. */
export function useGrantKey(grant: (() => void) | undefined): void {
  useEffect(() => {
    if (!grant) return;
    const press = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.key.toLowerCase() !== "g" || event.metaKey || event.ctrlKey || event.altKey) return;
      if (event.defaultPrevented || document.querySelector("[role=dialog]")) return;
      const isTaken =
        target instanceof HTMLElement &&
        target.closest("input, textarea, select, [contenteditable], [role=tree], [role=menu]");
      if (isTaken) return;
      event.preventDefault();
      grant();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [grant]);
}
