"use client";
import { useStore } from "zustand";
import { IconButton } from "@/components/ui/icon-button";
import type { Answer, PlaygroundColumn } from "@/lib/playground";
import { chooseAnswer, type TurnHead } from "@/lib/playground/client";
import { count, duration } from "./figures";
import type { Session } from "./session";

interface SpreadProps {
  session: Session;
  column: PlaygroundColumn;
  letter: string;
  turn: TurnHead;
  last: boolean;
}

/** Several answers of one column to one message: which is in sight, and how far they lie apart. */
export function Spread({ session, column, letter, turn, last }: SpreadProps) {
  const store = session.workspace.column(column.id);
  const all = useStore(store, (state) => state.answers[turn.id]) ?? [];
  const at = useStore(store, (state) => state.chosen[turn.id]) ?? all.length - 1;
  const choose = (index: number) => chooseAnswer(session.workspace, column.id, turn.id, index);
  const fixed = last ? undefined : "What follows was said to this answer";
  return (
    <div className="mt-2.5 flex flex-wrap items-center gap-x-2 border-t border-dashed pt-1 text-micro text-fg-subtle">
      <span className="flex items-center whitespace-nowrap">
        <IconButton
          icon="chevron-left"
          size="sm"
          label={`Answer before, in ${letter}`}
          onClick={() => choose(at - 1)}
          disabledReason={fixed ?? (at === 0 ? "It is the first" : undefined)}
        />
        Answer {at + 1} of {all.length}
        <IconButton
          icon="chevron-right"
          size="sm"
          label={`Answer after, in ${letter}`}
          onClick={() => choose(at + 1)}
          disabledReason={fixed ?? (at >= all.length - 1 ? "It is the last" : undefined)}
        />
      </span>
      <span className="min-w-0">{spreadOf(all)}</span>
    </div>
  );
}

/** "3 different, 42 to 80 tokens, first token 12 to 20 ms" */
export function spreadOf(answers: readonly Answer[]): string {
  const finished = answers.filter(({ outcome }) => outcome === "finished");
  const different = new Set(finished.map(({ text }) => text.trim())).size;
  const failed = answers.length - finished.length;
  const range = (of: (answer: Answer) => number | null | undefined, show: (value: number) => string) => {
    const values = finished.map(of).filter((value) => value != null);
    if (values.length === 0) return "";
    const [least, most] = [show(Math.min(...values)), show(Math.max(...values))];
    return least === most ? most : `${least} to ${most}`;
  };
  const tokens = range(({ metrics }) => metrics?.outputTokens, count);
  const first = range(
    ({ metrics }) => metrics?.firstTokenMs,
    (ms) => duration(ms).join(" "),
  );
  return [
    different === 1 ? `all ${finished.length} the same` : `${different} of ${finished.length} different`,
    tokens && `${tokens} tokens`,
    first && `first token ${first}`,
    failed > 0 ? `${failed} without an end` : "",
  ]
    .filter(Boolean)
    .join(" · ");
}
