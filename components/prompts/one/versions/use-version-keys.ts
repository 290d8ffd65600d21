"use client";
import { useEffect } from "react";
import type { PromptDetail } from "@/lib/prompts";
import type { PromptViewState } from "../use-prompt-view";

const fields = "input, textarea, select, [contenteditable], [role=dialog], [role=menu]";

/** [ goes to the version before the one in sight, ] to the one after it; the left side stays. */
export function useVersionKeys({ lastNumber, draft }: PromptDetail, view: PromptViewState): void {
  const { version, change } = view;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey) return;
      if (event.target instanceof HTMLElement && event.target.closest(fields)) return;
      if (event.key === "[") {
        if (version === "draft") change({ version: lastNumber });
        else if (version > 1) change({ version: version - 1 });
      } else if (event.key === "]" && version !== "draft") {
        if (version < lastNumber) change({ version: version + 1 });
        else if (draft) change({ version: "draft" });
      }
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [lastNumber, draft, version, change]);
}
