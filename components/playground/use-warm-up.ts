"use client";
import { useEffect } from "react";
import { useStore } from "zustand";
import { pageLoaded } from "@/components/ui/page-loaded";
import { formatModelRef, warmUp } from "@/lib/playground/client";
import type { Session } from "./session";
import { useChoices } from "./use-choices";

/** Whether the person asked their browser to spare the network. */
function sparesData(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData ?? false;
}

/** Fetches what runs once the page has loaded, and small models of browser columns once the page is idle, so that the first run does not wait for them. */
export function useWarmUp({ workspace }: Session): void {
  const { choices } = useChoices();
  const columns = useStore(workspace.store, (state) => state.columns);
  useEffect(() => void pageLoaded().then(() => warmUp()), []);
  useEffect(() => {
    const light = columns.filter(
      (column) =>
        column.engine === "browser" &&
        choices.some(
          (choice) => choice.key === formatModelRef(column) && choice.light && !choice.unavailable,
        ),
    );
    if (light.length === 0 || sparesData()) return;
    const timer = setTimeout(() => {
      for (const { model } of light) warmUp(model);
    }, 1_500);
    return () => clearTimeout(timer);
  }, [columns, choices]);
}
