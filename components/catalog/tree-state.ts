"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { TreeEntry } from "@/lib/catalog";

/** What the rows of the tree share. */
export interface TreeState {
  /** The full name in the address. */
  current: string | undefined;
  /** The row the Tab key leads to. */
  active: string | undefined;
  isOpen: (entry: TreeEntry) => boolean;
  toggle: (entry: TreeEntry) => void;
  onActive: (id: string) => void;
  onOpened: () => void;
  /** What lies in an open container: given here, as a row and what is in it would import each other. */
  branch: (parent: string, level: number) => ReactNode;
  /** To be called when other rows are shown. */
  settle: () => void;
}

export const TreeContext = createContext<TreeState | null>(null);

export function useTreeState(): TreeState {
  const state = useContext(TreeContext);
  if (!state) throw new Error("A row of the tree stands outside of a tree");
  return state;
}
