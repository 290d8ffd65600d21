"use client";
import { useMemo } from "react";
import { useStore } from "zustand";
import type { PlaygroundColumn } from "@/lib/playground";
import type { Session } from "./session";

/** The columns in the order in which they stand on the page: another one in blind mode. */
export function useShownColumns({ workspace }: Session): PlaygroundColumn[] {
  const columns = useStore(workspace.store, (state) => state.columns);
  const blind = useStore(workspace.store, (state) => state.blind);
  return useMemo(() => {
    if (!blind) return columns;
    const place = (id: string) => {
      const at = blind.order.indexOf(id);
      return at < 0 ? blind.order.length : at;
    };
    return columns.toSorted((a, b) => place(a.id) - place(b.id));
  }, [columns, blind]);
}
