"use client";
import { useStore } from "zustand";
import type { Answer, PlaygroundColumn } from "@/lib/playground";
import { useLastAnswer } from "./column-figures";
import { count } from "./figures";
import type { Session } from "./session";

function ended(answer: Answer): string {
  const tokens = answer.metrics?.outputTokens;
  const amount = tokens == null ? "" : `, ${count(tokens)} tokens`;
  if (answer.outcome === "failed") return `failed: ${answer.failure?.message ?? "the reason is unknown"}`;
  if (answer.outcome === "finished") return `finished${amount}`;
  return `${answer.outcome}${amount}`;
}

interface ColumnStatusProps {
  session: Session;
  column: PlaygroundColumn;
  letter: string;
}

/** Says to those who listen when a column starts and ends, and no token in between. */
export function ColumnStatus({ session, column, letter }: ColumnStatusProps) {
  const started = useStore(session.workspace.column(column.id), ({ live }) => live !== null);
  const last = useLastAnswer(session, column.id);
  const words = started ? `Column ${letter} started` : last ? `Column ${letter} ${ended(last.answer)}` : "";
  return (
    <p role="status" className="sr-only">
      {words}
    </p>
  );
}
