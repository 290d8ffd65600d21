import type { MergeResult } from "@/lib/prompts";

/** What is being done to a draft. */
export type DraftDialog = "save" | "discard" | "changes" | "elsewhere";

/** Two versions that say different things, and the words with which the draft was to be saved. */
export interface Clash {
  result: MergeResult;
  message: string;
}
