import type { PromptSummary } from "@/lib/prompts";

/** Where the search matched in the text, with the words around it. */
export function MatchExcerpt({ match }: { match: NonNullable<PromptSummary["match"]> }) {
  return (
    <span className="mt-0.5 line-clamp-2 max-w-140 pl-6.5 text-small whitespace-normal wrap-anywhere text-fg-muted">
      {match.before}
      <mark>{match.match}</mark>
      {match.after}
    </span>
  );
}
