"use client";
import dynamic from "next/dynamic";
import { useLayoutEffect, useRef } from "react";
import { useStore } from "zustand";
import type { PlaygroundColumn } from "@/lib/playground";
import { isPromptEdited, turnsOf } from "@/lib/playground/client";
import { NotRunYet } from "./not-run-yet";
import type { Session } from "./session";
import { usePath } from "./use-path";

// Not needed before there is a conversation.
const Turn = dynamic(() => import("./turn").then((module) => module.Turn));

const nearEnd = 48;

interface AnswerAreaProps {
  session: Session;
  column: PlaygroundColumn;
  letter: string;
}

/** A column's conversation. Follows the stream unless one has scrolled up to read. */
export function AnswerArea({ session, column, letter }: AnswerAreaProps) {
  const { workspace, runner } = session;
  const turns = turnsOf(usePath(session), column.id);
  const edited = useStore(workspace.store, isPromptEdited);
  const sameInput = useStore(workspace.store, (state) => state.sameInput);
  const busy = useStore(workspace.store, (state) => state.running.includes(column.id));
  const area = useRef<HTMLElement>(null);
  const follows = useRef(true);
  const store = workspace.column(column.id);

  useLayoutEffect(
    () =>
      store.subscribe(() => {
        const node = area.current;
        if (!node || !follows.current) return;
        requestAnimationFrame(() => {
          node.scrollTop = node.scrollHeight;
        });
      }),
    [store],
  );

  return (
    <section
      ref={area}
      aria-label={`Answers of column ${letter}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      onScroll={({ currentTarget: node }) => {
        follows.current = node.scrollHeight - node.scrollTop - node.clientHeight < nearEnd;
      }}
      className="min-h-0 flex-1 overflow-y-auto p-3.5 focus-visible:-outline-offset-2"
    >
      {turns.length === 0 ? (
        <NotRunYet session={session} column={column} />
      ) : (
        turns.map((turn, index) => (
          <Turn
            key={turn.id}
            session={session}
            column={column}
            letter={letter}
            turn={turn}
            hideUser={index === 0 && sameInput && !edited && turn.column === undefined}
            last={index === turns.length - 1}
            busy={busy}
            onRetry={() => void runner.regenerate(column.id)}
          />
        ))
      )}
    </section>
  );
}
