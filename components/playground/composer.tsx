"use client";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";
import { setPrompt } from "@/lib/playground/client";
import { inColumns } from "./figures";
import type { Session } from "./session";
import { useRunState } from "./use-run-state";

/** The follow-up to all columns and Run, at the foot of the page. */
export function Composer({ session }: { session: Session }) {
  const { workspace, runner } = session;
  const state = useStore(workspace.store);
  const { reason, again } = useRunState(session);
  const { columns, turns, sameInput } = state;
  const begun = turns.length > 0;
  const where = columns.length === 1 ? "" : ` in ${inColumns(columns.length)}`;
  const followUp = `Follow up${where}`;
  return (
    <div className="flex flex-none items-end gap-2 border-t px-4 py-2.5 max-sm:px-3">
      {!sameInput ? (
        <Hint>Each column has its own input. Run sends what is typed{where}.</Hint>
      ) : begun ? (
        <Textarea
          rows={1}
          aria-label={followUp}
          placeholder={followUp}
          value={state.followUp}
          onChange={(event) => workspace.store.setState({ followUp: event.target.value })}
          className="max-h-40 min-h-(--h-control)! resize-none overflow-y-auto py-1! pointer-coarse:py-2.75!"
        />
      ) : (
        <>
          <Textarea
            rows={1}
            aria-label="First message"
            placeholder={`Message${where}`}
            value={state.prompt}
            onChange={(event) => setPrompt(workspace, event.target.value)}
            className="max-h-40 min-h-(--h-control)! resize-none overflow-y-auto py-1! pointer-coarse:py-2.75! sm:hidden"
          />
          <Hint className="max-sm:hidden">Runs the message above{where}.</Hint>
        </>
      )}
      <Button
        variant="primary"
        icon="play"
        kbd="⌘↵"
        disabledReason={reason}
        title={again}
        onClick={() => void runner.runAll()}
      >
        Run
      </Button>
    </div>
  );
}

function Hint({ children, className = "" }: { children: React.ReactNode; className?: string }) {
  return (
    <p className={`flex min-h-(--h-control) flex-1 items-center text-small text-fg-subtle ${className}`}>
      {children}
    </p>
  );
}
