"use client";
import { useStore } from "zustand";
import { IconButton } from "@/components/ui/icon-button";
import { Textarea } from "@/components/ui/textarea";
import type { PlaygroundColumn } from "@/lib/playground";
import type { Session } from "./session";

interface ColumnComposerProps {
  session: Session;
  column: PlaygroundColumn;
  letter: string;
}

/** The input of one column, when input is not shared. */
export function ColumnComposer({ session, column, letter }: ColumnComposerProps) {
  const store = session.workspace.column(column.id);
  const draft = useStore(store, (state) => state.draft);
  const running = useStore(session.workspace.store, (state) => state.running.includes(column.id));
  const blank = draft.trim() === "";
  return (
    <div className="flex flex-none items-end gap-2 border-t px-3.5 py-2.5">
      <Textarea
        rows={1}
        aria-label={`Message to column ${letter}`}
        placeholder={`Message to ${letter} alone`}
        value={draft}
        onChange={(event) => store.setState({ draft: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
          // Here ⌘↵ runs this column, not all of them.
          event.preventDefault();
          event.stopPropagation();
          if (!blank) void session.runner.runOne(column.id);
        }}
        className="max-h-40 min-h-(--h-control)! resize-none overflow-y-auto py-1!"
      />
      <IconButton
        icon="play"
        variant="default"
        label={`Run ${letter}`}
        onClick={() => void session.runner.runOne(column.id)}
        disabledReason={running ? `Waits for column ${letter}` : blank ? "Needs a message" : undefined}
      />
    </div>
  );
}
