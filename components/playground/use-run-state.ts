"use client";
import { useSyncExternalStore } from "react";
import { isPromptEdited, missingToRun, pathOf, shownColumns } from "@/lib/playground/client";
import { inColumns, letters } from "./figures";
import type { Session } from "./session";

function list(words: string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function reasonOf({ workspace }: Session): string | undefined {
  const { running } = workspace.store.getState();
  if (running.length > 0) {
    const waiting = shownColumns(workspace.store.getState()).flatMap(({ id }, index) =>
      running.includes(id) ? [letters[index] ?? "?"] : [],
    );
    return `Waits for column${waiting.length === 1 ? "" : "s"} ${list(waiting)}`;
  }
  const missing = missingToRun(workspace);
  return missing.length > 0 ? `Needs ${list(missing)}` : undefined;
}

/** What Run does when nothing new was typed. */
function againOf({ workspace }: Session): string | undefined {
  const state = workspace.store.getState();
  if (state.head === null || !state.sameInput || state.followUp.trim() !== "" || state.enclosed.length > 0)
    return undefined;
  const where = `in ${inColumns(state.columns.length)}`;
  if (isPromptEdited(state)) return `Begins a branch with the edited prompt ${where}`;
  return pathOf(state).length === 1
    ? `Asks for another answer ${where}`
    : `Runs the conversation again on a branch ${where}`;
}

/** Why nothing can be run now, and what a run without new words would do. */
export function useRunState(session: Session): { reason: string | undefined; again: string | undefined } {
  const { subscribe } = session.workspace;
  return {
    reason: useSyncExternalStore(
      subscribe,
      () => reasonOf(session),
      () => undefined,
    ),
    again: useSyncExternalStore(
      subscribe,
      () => againOf(session),
      () => undefined,
    ),
  };
}
