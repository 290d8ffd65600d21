"use client";
import dynamic from "next/dynamic";
import { useStore } from "zustand";
import type { PlaygroundColumn } from "@/lib/playground";
import { AnswerArea } from "./answer-area";
import { ColumnComposer } from "./column-composer";
import { ColumnHeader } from "./column-header";
import { ColumnStatus } from "./column-status";
import { HiddenHeader } from "./hidden-header";
import { ReadOuts } from "./read-outs";
import type { Session } from "./session";
import { useHidden } from "./use-hidden";

// Not needed before the first answer.
const ColumnFooter = dynamic(() => import("./column-footer").then((module) => module.ColumnFooter), {
  ssr: false,
});

// Not needed before a prompt of the library is loaded.
const ColumnPrompt = dynamic(() => import("./prompts/column-prompt").then((module) => module.ColumnPrompt), {
  ssr: false,
});

interface ColumnProps {
  session: Session;
  column: PlaygroundColumn;
  letter: string;
}

/** One model's side of the comparison. */
export function Column({ session, column, letter }: ColumnProps) {
  const sameInput = useStore(session.workspace.store, (state) => state.sameInput);
  const hidden = useHidden(session);
  const props = { session, column, letter };
  return (
    <section
      aria-label={hidden ? `Column ${letter}` : `Column ${letter}: ${column.model}`}
      data-column={column.id}
      className="@container flex min-h-0 min-w-0 snap-start flex-col border-r last:border-r-0"
    >
      {hidden ? <HiddenHeader letter={letter} /> : <ColumnHeader {...props} />}
      {!hidden && column.prompt && <ColumnPrompt {...props} />}
      {!hidden && <ReadOuts session={session} column={column} />}
      <AnswerArea {...props} />
      {!hidden && <ColumnFooter {...props} />}
      {!sameInput && <ColumnComposer {...props} />}
      <ColumnStatus {...props} />
    </section>
  );
}
