"use client";
import { useStore } from "zustand";
import type { Session } from "./session";

/** Whether names and figures are hidden: in blind mode, until one has voted. */
export function useHidden({ workspace }: Session): boolean {
  return useStore(workspace.store, ({ blind }) => blind !== null && !blind.revealed);
}
