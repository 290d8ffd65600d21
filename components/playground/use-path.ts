"use client";
import { useMemo } from "react";
import { useStore } from "zustand";
import { pathOf, type TurnHead } from "@/lib/playground/client";
import type { Session } from "./session";

/** The turns in sight: one conversation from its beginning to its end. */
export function usePath({ workspace }: Session): TurnHead[] {
  const turns = useStore(workspace.store, (state) => state.turns);
  const head = useStore(workspace.store, (state) => state.head);
  return useMemo(() => pathOf({ turns, head }), [turns, head]);
}
