import { z } from "zod";
import { promptFullName, versionNumber } from "@/lib/prompts";
import { snapshotSummary } from "./snapshot-schema";

/** A snapshot in which a prompt of the library asks, and by which of its versions, the newest first. */
export const promptSnapshot = snapshotSummary.extend({ versions: z.array(versionNumber) });
export type PromptSnapshot = z.infer<typeof promptSnapshot>;

const votes = z.number().int();

/** Votes on answers that a version asked for, beside answers that something else asked for. */
export const versionFeedback = z.object({
  version: versionNumber,
  won: votes,
  lost: votes,
  tied: votes,
  /** It and all beside it were found bad. */
  bad: votes,
});
export type VersionFeedback = z.infer<typeof versionFeedback>;

/** Counts only, the newest version first: nothing in it says who voted, or on what. */
export const promptFeedback = z.object({ versions: z.array(versionFeedback) });
export type PromptFeedback = z.infer<typeof promptFeedback>;

export const feedbackFilter = z.strictObject({ prompt: promptFullName });
export type FeedbackFilter = z.infer<typeof feedbackFilter>;
