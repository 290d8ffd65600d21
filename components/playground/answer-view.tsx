"use client";
import dynamic from "next/dynamic";
import { useStore } from "zustand";
import { type Answer, bounds, type PlaygroundColumn } from "@/lib/playground";
import { AnswerText } from "./answer-text";
import type { Session } from "./session";
import { useBaseline } from "./use-baseline";
import { useHidden } from "./use-hidden";

// Fetched when somebody looks.
const WordDiff = dynamic(() => import("./word-diff").then((module) => module.WordDiff));
const Probabilities = dynamic(() => import("./probabilities").then((module) => module.Probabilities));

interface AnswerViewProps {
  session: Session;
  column: PlaygroundColumn;
  turnId: string;
  answer: Answer | undefined;
  /** The text on its way; null when none is. */
  live: string | null;
}

/** An answer as text, as what differs from the baseline, or token by token with its probabilities. */
export function AnswerView({ session, column, turnId, answer, live }: AnswerViewProps) {
  const hidden = useHidden(session);
  const scored = useStore(session.view, (state) => state.scored.includes(column.id)) && !hidden;
  const { against } = useBaseline(session, column.id, turnId);
  if (live === null && answer?.text) {
    if (scored && answer.logprobs) {
      const truncated = answer.logprobs.length >= bounds.scoredTokens;
      return <Probabilities tokens={answer.logprobs} truncated={truncated} />;
    }
    if (against !== undefined) return <WordDiff before={against} after={answer.text} />;
  }
  const text = live ?? answer?.text ?? "";
  // One and the same element while it streams and after: a long answer is not laid out twice.
  return live === null && text === "" ? null : <AnswerText text={text} live={live !== null} />;
}
