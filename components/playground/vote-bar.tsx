"use client";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { useSend } from "@/components/ui/use-send";
import type { EngineKind } from "@/lib/inference";
import type { AnsweredPrompt, Contender, Vote, VoteOutcome } from "@/lib/playground";
import { castVote, refreshLeaderboard, sideOf, withdrawVote } from "@/lib/playground/client";
import { useVoteKeys } from "./use-vote-keys";

interface VoteBarProps {
  /** As they stand on the page; who they are is not shown here. */
  contenders: readonly {
    letter: string;
    model: string;
    engine: EngineKind;
    /** The prompt of the library that asked for the answer. */
    prompt?: AnsweredPrompt | undefined;
  }[];
  /** SHA-256 of the input; empty while it is being computed. */
  promptHash: string;
  task: string;
  /** Why no vote can be given now. */
  disabledReason?: string;
  /** The vote is counted: names may show. */
  onVoted: () => void;
}

/** A changed text is none of the library's versions. */
function sideAt({ model, engine, prompt }: VoteBarProps["contenders"][number]): Contender {
  const asked = prompt && !prompt.edited ? { name: prompt.name, version: prompt.version } : undefined;
  return { model, engine, ...(asked ? { prompt: asked } : {}) };
}

interface Choice {
  label: string;
  key: string;
  outcome: VoteOutcome;
}

/** Which answer is best, asked while nobody sees whose they are; by button or by key. */
export function VoteBar({ contenders, promptHash, task, disabledReason, onVoted }: VoteBarProps) {
  const cache = useQueryClient();
  const sides = contenders.map(sideAt);
  const withdraw = (vote: Vote) =>
    withdrawVote(vote.id).then(
      () => {
        toast("Your vote is taken back.");
        refreshLeaderboard(cache);
      },
      (error: Error) => toast({ tone: "danger", message: `Still counted. ${error.message}` }),
    );
  const vote = useSend(
    (outcome: VoteOutcome) =>
      castVote({
        task,
        promptHash,
        outcome,
        contenders: sides,
      }),
    (given) => {
      const action = { label: "Undo", onAction: () => void withdraw(given) };
      toast({ message: "Your vote is counted.", action });
      refreshLeaderboard(cache);
      onVoted();
    },
  );
  const isOneSide = new Set(sides.map(sideOf)).size === 1;
  const reason =
    disabledReason ??
    (isOneSide
      ? "Columns of one model need different prompt versions"
      : promptHash === ""
        ? "Reads the input"
        : undefined);
  const choices: Choice[] = [
    ...contenders.map(({ letter }, index) => ({
      label: `${letter} is best`,
      key: String(index + 1),
      outcome: { kind: "best" as const, index },
    })),
    { label: "Tie", key: "T", outcome: { kind: "tie" } },
    { label: "All bad", key: "B", outcome: { kind: "bad" } },
  ];
  useVoteKeys(reason === undefined && !vote.busy, (key) => {
    const choice = choices.find((one) => one.key === key);
    if (choice) vote.send(choice.outcome);
    return choice !== undefined;
  });
  return (
    <section
      aria-label="Your vote"
      className="flex flex-none flex-wrap items-center gap-2 border-t bg-canvas px-3.5 py-2"
    >
      <h3 className="mr-1 text-small font-regular text-fg-muted">Which answer is best?</h3>
      {choices.map(({ label, key, outcome }) => (
        <Button
          key={key}
          kbd={key}
          aria-keyshortcuts={key}
          disabledReason={reason}
          disabled={vote.busy}
          onClick={() => vote.send(outcome)}
        >
          {label}
        </Button>
      ))}
      {vote.error && (
        <p role="alert" className="text-small text-danger">
          Not counted. {vote.error.message}
        </p>
      )}
    </section>
  );
}
