"use client";
import { useEffect, useRef } from "react";
import type { PromptDetail } from "@/lib/prompts";
import type { PromptViewState, Side } from "../use-prompt-view";

const fields = "input, textarea, select, [contenteditable], [role=dialog], [role=menu]";

interface Known {
  lastNumber: number;
  hasDraft: boolean;
}

function before(side: Side, { lastNumber }: Known): Side {
  if (side === "draft") return lastNumber;
  return Math.max(1, side - 1);
}

function after(side: Side, { lastNumber, hasDraft }: Known): Side {
  if (side === "draft") return side;
  if (side < lastNumber) return side + 1;
  return hasDraft ? "draft" : side;
}

/** [ goes to the version before the one in sight, ] to the one after it; the left side stays. */
export function useVersionKeys(
  { lastNumber, draft }: PromptDetail,
  { version, change }: PromptViewState,
): void {
  // The screen follows an address later than a second key may come.
  const at = useRef(version);
  useEffect(() => {
    at.current = version;
  }, [version]);
  const hasDraft = draft !== null;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey) return;
      if (event.target instanceof HTMLElement && event.target.closest(fields)) return;
      if (event.key !== "[" && event.key !== "]") return;
      const next = (event.key === "[" ? before : after)(at.current, { lastNumber, hasDraft });
      if (next === at.current) return;
      at.current = next;
      change({ version: next });
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [lastNumber, hasDraft, change]);
}
