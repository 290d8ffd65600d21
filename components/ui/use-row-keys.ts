"use client";
import { type RefObject, useEffect, useRef } from "react";

/** J and K go from row to row of a list: to what carries `data-row` in it, which Enter then opens. */
export function useRowKeys<E extends HTMLElement>(): RefObject<E | null> {
  const list = useRef<E>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const step = { j: 1, k: -1 }[event.key];
      if (step === undefined || event.defaultPrevented || isElsewhere(event)) return;
      const rows = [...(list.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
      const at = rows.indexOf(document.activeElement as HTMLElement);
      const next = rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)];
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return list;
}

const takesLetters = "input, textarea, select, [contenteditable], [role=menu], [role=listbox]";

/** Typed into a field, part of a chord, or meant for a dialog that is open. */
function isElsewhere({ target, metaKey, ctrlKey, altKey }: KeyboardEvent): boolean {
  if (metaKey || ctrlKey || altKey) return true;
  if (document.querySelector("[data-dialog], [cmdk-root]")) return true;
  return target instanceof Element && target.closest(takesLetters) !== null;
}
