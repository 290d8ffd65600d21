"use client";
import { useStore } from "zustand";
import type { ChatParameters } from "@/lib/inference";
import { setColumnParameter, setParameter } from "@/lib/playground/client";
import type { Session } from "./session";

export interface ParameterValue<K extends keyof ChatParameters> {
  /** What is sent; undefined sends none. */
  value: ChatParameters[K] | undefined;
  /** Where it comes from. */
  source: "all" | "column" | "none";
  set(value: ChatParameters[K] | undefined): void;
  /** For a column: takes the value for all again. Absent where nothing is set apart. */
  reset?: () => void;
}

/** One parameter as the chosen segment sees it: `all`, or a column by its id. */
export function useParameter<K extends keyof ChatParameters>(
  session: Session,
  segment: string,
  name: K,
): ParameterValue<K> {
  const { workspace } = session;
  const all = useStore(workspace.store, (state) => state.parameters[name]);
  const column = useStore(workspace.store, (state) => state.columns.find(({ id }) => id === segment));
  if (!column) {
    return {
      value: all,
      source: all === undefined ? "none" : "all",
      set: (value) => setParameter(workspace, name, value),
    };
  }
  const own = column.parameters[name] as ChatParameters[K] | null | undefined;
  const isOwn = own !== undefined;
  return {
    value: isOwn ? (own ?? undefined) : all,
    source: isOwn ? "column" : all === undefined ? "none" : "all",
    // Clearing what all columns send must be said in the column, or the value for all would hold.
    set: (value) =>
      setColumnParameter(
        workspace,
        segment,
        name,
        (value ?? (all === undefined ? undefined : null)) as typeof own,
      ),
    reset: isOwn ? () => setColumnParameter(workspace, segment, name, undefined) : undefined,
  };
}
