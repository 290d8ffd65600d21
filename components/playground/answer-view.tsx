"use client";
import dynamic from "next/dynamic";
import { useStore } from "zustand";
import type { Answer, PlaygroundColumn } from "@/lib/playground";
import { bounds } from "@/lib/playground";
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
  letter: string;
  turnId: string;
  answer: Answer;
}

/** An answer as text, as what differs from the baseline, or token by token with its probabilities. */
export function AnswerView({ session, column, turnId, answer }: AnswerViewProps) {
  const hidden = useHidden(session);
  const scored = useStore(session.view, (state) => state.scored.includes(column.id)) && !hidden;
  const { against } = useBaseline(session, column.id, turnId);
  if (scored && answer.logprobs) {
    const truncated = answer.logprobs.length >= bounds.scoredTokens;
    return <Probabilities tokens={answer.logprobs} truncated={truncated} />;
  }
  if (against !== undefined) return <WordDiff before={against} after={answer.text} />;
  return <AnswerText text={answer.text} />;
}
