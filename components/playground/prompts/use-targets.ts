"use client";
import { useStore } from "zustand";
import type { PromptTarget } from "@/lib/playground/client";
import { letters } from "../figures";
import type { Session } from "../session";
import { useHidden } from "../use-hidden";
import { useShownColumns } from "../use-shown-columns";

interface Targets {
  /** Whose prompts there are to look at: what holds for all, and columns with one of their own. */
  options: readonly { value: PromptTarget; label: string }[];
  /** The one that the panel shows. */
  shown: PromptTarget;
}

/** Which prompts the panel can show; in blind mode only what holds for all. */
export function useTargets(session: Session): Targets {
  const columns = useShownColumns(session);
  const hidden = useHidden(session);
  const hasShared = useStore(
    session.workspace.store,
    (state) => state.prompt !== undefined || state.columns.some(({ prompt }) => !prompt),
  );
  const wanted = useStore(session.view, (state) => state.promptShown);
  const own = columns.flatMap(({ id, prompt }, index) =>
    prompt && !hidden ? [{ value: id, label: letters[index] ?? "?" }] : [],
  );
  const options = [...(hasShared || own.length === 0 ? [{ value: "all", label: "All" }] : []), ...own];
  const shown = options.find(({ value }) => value === wanted) ?? options[0];
  return { options, shown: shown?.value ?? "all" };
}
