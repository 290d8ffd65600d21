import type { VersionFeedback } from "@/lib/playground";
import { wholeNumber } from "../figures";

/** "7 won, 2 lost, 1 tied" */
export function feedbackWords(feedback: VersionFeedback | undefined): string {
  if (!feedback) return "no votes";
  const { won, lost, tied, bad } = feedback;
  const counts = [
    [won, "won"],
    [lost, "lost"],
    [tied, "tied"],
    [bad, "all bad"],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${wholeNumber(count)} ${word}`)
    .join(", ");
}
