import "server-only";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { requirePrompt } from "@/lib/prompts/server";
import type { FeedbackFilter, PromptFeedback, VersionFeedback } from "../prompt-usage";
import { countVotes, type VoteCount } from "../store/votes";

/** What one vote says of a version; null where only that version asked, so that the vote is on models. */
function verdict(
  { contenders, outcome }: VoteCount,
  isIt: (one: VoteCount["contenders"][number]) => boolean,
): Exclude<keyof VersionFeedback, "version"> | null {
  if (contenders.every(isIt)) return null;
  if (outcome.kind === "bad") return "bad";
  if (outcome.kind === "tie") return "tied";
  const best = contenders[outcome.index];
  return best && isIt(best) ? "won" : "lost";
}

/** How a prompt's versions did in everybody's blind votes. @throws AppError `not_found`, `forbidden` */
export async function getPromptFeedback(ctx: Context, filter: FeedbackFilter): Promise<PromptFeedback> {
  const { id } = await requirePrompt(ctx, filter.prompt, "EXECUTE");
  const tallies = new Map<number, VersionFeedback>();
  for (const votes of await countVotes((await db()).prisma, { promptId: id })) {
    const versions = votes.contenders.flatMap(({ prompt }) => (prompt?.id === id ? [prompt.version] : []));
    for (const version of new Set(versions)) {
      const said = verdict(votes, ({ prompt }) => prompt?.id === id && prompt.version === version);
      if (said === null) continue;
      const tally = tallies.get(version) ?? { version, won: 0, lost: 0, tied: 0, bad: 0 };
      tally[said] += votes.count;
      tallies.set(version, tally);
    }
  }
  return { versions: [...tallies.values()].sort((a, b) => b.version - a.version) };
}
