"use client";
import dynamic from "next/dynamic";
import { memo } from "react";
import { useStore } from "zustand";
import type { PlaygroundColumn } from "@/lib/playground";
import { answerTo, type TurnHead } from "@/lib/playground/client";
import { AnswerView } from "./answer-view";
import { OutcomeBadge } from "./outcome-badge";
import type { Session } from "./session";
import { TurnMessage } from "./turn-message";

// Not needed for most answers.
const AnswerFailure = dynamic(() => import("./answer-failure").then((module) => module.AnswerFailure));
const Spread = dynamic(() => import("./spread").then((module) => module.Spread));

interface TurnProps {
  session: Session;
  column: PlaygroundColumn;
  letter: string;
  turn: TurnHead;
  /** The message is shown elsewhere on the page. */
  hideUser: boolean;
  last: boolean;
  busy: boolean;
  onRetry: () => void;
}

/** A message and this column's answer to it. Only the turn that streams renders while it streams. */
export const Turn = memo(function Turn({
  session,
  column,
  letter,
  turn,
  hideUser,
  last,
  busy,
  onRetry,
}: TurnProps) {
  const store = session.workspace.column(column.id);
  const answer = useStore(store, (state) => answerTo(state, turn.id));
  const many = useStore(store, (state) => (state.answers[turn.id]?.length ?? 0) > 1);
  const live = useStore(store, (state) => (state.live?.place === turn.id ? state.live.text : null));
  return (
    <article className="border-t pt-3 first:border-t-0 first:pt-0 [&+&]:mt-3">
      <TurnMessage session={session} turn={turn} letter={letter} hideText={hideUser} />
      {turn.prefill && (answer || live !== null) && (
        <p
          title="The beginning of the answer, as it was given to the model"
          className="break-words whitespace-pre-wrap text-read text-fg-subtle"
        >
          {turn.prefill}
        </p>
      )}
      <AnswerView session={session} column={column} turnId={turn.id} answer={answer} live={live} />
      {answer?.outcome === "failed" && live === null && (
        <AnswerFailure answer={answer} onRetry={onRetry} busy={busy || !last} />
      )}
      {answer?.outcome === "finished" && live === null && answer.text === "" && (
        <p className="text-small text-fg-subtle">The model ended its answer without a word.</p>
      )}
      {!last && answer && answer.outcome !== "finished" && answer.outcome !== "failed" && (
        <p className="mt-1.5">
          <OutcomeBadge answer={answer} />
        </p>
      )}
      {!answer && live === null && (
        <p className="text-small text-fg-subtle">
          {busy ? "Waits for the turn before it" : "Not answered yet"}
        </p>
      )}
      {many && <Spread session={session} column={column} letter={letter} turn={turn} last={last} />}
    </article>
  );
});
