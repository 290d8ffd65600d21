"use client";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";
import { enclose, promptMessage, removeEnclosed, setPrompt } from "@/lib/playground/client";
import { AttachButton } from "./attach-button";
import { AttachmentChips } from "./attachment-chips";
import { inColumns } from "./figures";
import type { Session } from "./session";
import { useAttach } from "./use-attach";
import { useRunState } from "./use-run-state";

/** The follow-up to all columns and Run, at the foot of the page. */
export function Composer({ session }: { session: Session }) {
  const { workspace, runner } = session;
  const state = useStore(workspace.store);
  const { reason, again } = useRunState(session);
  const { columns, head, sameInput } = state;
  const begun = head !== null;
  const attach = useAttach(state.enclosed.length, (files) => enclose(workspace, files));
  const where = columns.length === 1 ? "" : ` in ${inColumns(columns.length)}`;
  const followUp = `Follow up${where}`;
  return (
    <div className="flex flex-none items-end gap-2 border-t px-4 py-2.5 max-sm:px-3">
      {!sameInput ? (
        <Hint>Each column has its own input. Run sends what is typed{where}.</Hint>
      ) : begun ? (
        <div className="grid min-w-0 flex-1 gap-1.5" {...attach.handlers}>
          {state.enclosed.length > 0 && (
            <AttachmentChips attachments={state.enclosed} onRemove={(id) => removeEnclosed(workspace, id)} />
          )}
          <Textarea
            rows={1}
            aria-label={followUp}
            placeholder={followUp}
            value={state.followUp}
            onChange={(event) => workspace.store.setState({ followUp: event.target.value })}
            className="max-h-40 min-h-(--h-control)! resize-none overflow-y-auto py-1! pointer-coarse:py-2.75!"
          />
        </div>
      ) : (
        <>
          <Textarea
            rows={1}
            aria-label="First message"
            placeholder={`Message${where}`}
            value={promptMessage(state)?.text ?? ""}
            onChange={(event) => setPrompt(workspace, event.target.value)}
            className="max-h-40 min-h-(--h-control)! resize-none overflow-y-auto py-1! pointer-coarse:py-2.75! sm:hidden"
          />
          <Hint className="max-sm:hidden">Runs the message above{where}.</Hint>
        </>
      )}
      {sameInput && begun && (
        <AttachButton count={state.enclosed.length} onAdd={(files) => enclose(workspace, files)} />
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
