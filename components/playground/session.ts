import type { StoreApi } from "zustand/vanilla";
import type { ModelChoice, PromptTarget, Runner, Saver, Workspace } from "@/lib/playground/client";
import { allFolders } from "./folder-choice";

/** What the page shows, as opposed to what it works on; never saved. */
export interface View {
  rail: "parameters" | "history" | null;
  /** What the history is narrowed to. */
  history: { typed: string; state: "live" | "deleted"; folder: string };
  /** Whose parameters the rail shows: `all` or a column's id. */
  segment: string;
  /** The column in sight where only one fits. */
  shown: string | null;
  /** The first message and the samples, where they are folded away. */
  promptOpen: boolean;
  layout: "chat" | "grid";
  /** The column whose answers others are compared with; null is the first. */
  baseline: string | null;
  /** Columns that show what differs from the baseline. */
  diffs: string[];
  /** Columns that show the probabilities of their tokens. */
  scored: string[];
  dialog: "code" | "export" | "share" | "import" | "rows" | "prompt" | "save-version" | "save-prompt" | null;
  /** Whose prompt the panel shows, and whose one chooses or saves: for all, or a column's id. */
  promptShown: PromptTarget;
  /** The version that is chosen goes into a column of its own. */
  promptBeside: boolean;
}

export const newView: View = {
  rail: null,
  history: { typed: "", state: "live", folder: allFolders },
  segment: "all",
  shown: null,
  promptOpen: false,
  layout: "chat",
  baseline: null,
  diffs: [],
  scored: [],
  dialog: null,
  promptShown: "all",
  promptBeside: false,
};

/** One open comparison: stores and the hands that change them. Stable as long as it is open. */
export interface Session {
  workspace: Workspace;
  runner: Runner;
  saver: Saver;
  view: StoreApi<View>;
  /** Tells what models there are, for what their answers cost. */
  know(choices: readonly ModelChoice[]): void;
  /** Ends timers and listeners; a stream that runs is stopped. */
  close(): void;
}
