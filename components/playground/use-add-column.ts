"use client";
import { addColumn, nextColumn } from "@/lib/playground/client";
import type { Session } from "./session";
import { useChoices } from "./use-choices";

/** Adds a column with a model that none has yet. */
export function useAddColumn({ workspace }: Session): () => void {
  const { choices } = useChoices();
  return () => addColumn(workspace, nextColumn(choices, workspace.store.getState().columns));
}
