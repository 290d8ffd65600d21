"use client";
import { useEffect, useRef } from "react";

/** Where letters and digits are typed or searched with, and so are not a vote. */
const typedIn = "input, textarea, select, [contenteditable], [role=menu], [role=listbox], [role=combobox]";

/** Hands single keys, in upper case, to `onKey` while `on`; it says whether it took one. */
export function useVoteKeys(on: boolean, onKey: (key: string) => boolean): void {
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      const { key, target, defaultPrevented, repeat, metaKey, ctrlKey, altKey } = event;
      if (defaultPrevented || repeat || metaKey || ctrlKey || altKey || key.length !== 1) return;
      if (document.querySelector("[data-dialog]")) return;
      if (target instanceof Element && target.closest(typedIn)) return;
      if (latest.current(key.toUpperCase())) event.preventDefault();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [on]);
}
