"use client";
import { memo } from "react";
import { useStore } from "zustand";
import type { ColumnStore, TurnHead } from "@/lib/playground/client";
import { AnswerFailure } from "./answer-failure";
import { AnswerText } from "./answer-text";
import { OutcomeBadge } from "./outcome-badge";

interface TurnProps {
  store: ColumnStore;
  turn: TurnHead;
  /** The message is shown elsewhere on the page. */
  hideUser: boolean;
  last: boolean;
  busy: boolean;
  onRetry: () => void;
}

/** A message and this column's answer to it. Only the turn that streams renders while it streams. */
export const Turn = memo(function Turn({ store, turn, hideUser, last, busy, onRetry }: TurnProps) {
  const answer = useStore(store, (state) => state.answers[turn.id]);
  const live = useStore(store, (state) => (state.live?.turnId === turn.id ? state.live.text : null));
  return (
    <article className="border-t pt-3 first:border-t-0 first:pt-0 [&+&]:mt-3">
      {!hideUser && (
        <div className="mb-2.5 grid grid-cols-[40px_1fr] gap-1 text-fg-muted">
          <span className="text-micro leading-5 text-fg-subtle">user</span>
          <p className="break-words whitespace-pre-wrap">{turn.user}</p>
        </div>
      )}
      {live !== null && <AnswerText text={live} live />}
      {answer && answer.text !== "" && <AnswerText text={answer.text} />}
      {answer?.outcome === "failed" && (
        <AnswerFailure answer={answer} onRetry={onRetry} busy={busy || !last} />
      )}
      {answer?.outcome === "finished" && answer.text === "" && (
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
    </article>
  );
});
