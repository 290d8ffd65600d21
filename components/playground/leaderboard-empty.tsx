"use client";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import type { LeaderboardFilter } from "@/lib/playground";

interface LeaderboardEmptyProps {
  filter: LeaderboardFilter;
  /** Counts all votes instead. */
  onAll: () => void;
}

/** No votes, and how to give one. */
export function LeaderboardEmpty({ filter: { task, whose }, onAll }: LeaderboardEmptyProps) {
  const isNarrowed = task !== undefined || whose === "mine";
  const forTask = task ? ` for ${task}` : task === "" ? " without a task" : "";
  return (
    <EmptyState
      kind="evaluation"
      title={`${whose === "mine" ? "No votes of yours" : "No votes"}${forTask} yet`}
      action={
        <>
          <ButtonLink href="/playground">Open playground</ButtonLink>
          {isNarrowed && (
            <Button variant="ghost" onClick={onAll}>
              Show all votes
            </Button>
          )}
        </>
      }
    >
      Turn on Blind in the playground, ask two or more models the same, and say which answer is best.
    </EmptyState>
  );
}
