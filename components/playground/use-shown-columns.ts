"use client";
import { useMemo } from "react";
import { useStore } from "zustand";
import type { PlaygroundColumn } from "@/lib/playground";
import { shownColumns } from "@/lib/playground/client";
import type { Session } from "./session";

/** The columns in the order in which they stand on the page: another one in blind mode. */
export function useShownColumns({ workspace }: Session): readonly PlaygroundColumn[] {
  const columns = useStore(workspace.store, (state) => state.columns);
  const blind = useStore(workspace.store, (state) => state.blind);
  return useMemo(() => shownColumns({ columns, blind }), [columns, blind]);
}
