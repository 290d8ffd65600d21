"use client";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { promptsOf, variablesOf } from "@/lib/playground/client";
import { PromptSide } from "./prompts/prompt-side";
import { SampleTiles } from "./sample-tiles";
import type { Session } from "./session";
import { Variables } from "./variables";

interface PromptDialogProps {
  session: Session;
  onClose: () => void;
}

/** The prompt and the samples, where there is no room for them above the columns. */
export function PromptDialog({ session, onClose }: PromptDialogProps) {
  const hasVariables = useStore(session.workspace.store, (state) => variablesOf(state).length > 0);
  const begun = useStore(
    session.workspace.store,
    (state) => state.turns.length > 0 || promptsOf(state).length > 0,
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Prompt"
      onSubmit={() => {
        onClose();
        void session.runner.runAll();
      }}
      footer={
        <Button className="ml-auto" variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="grid gap-3">
        <PromptSide session={session} roomy />
        {hasVariables && <Variables session={session} />}
        {!begun && (
          <>
            <h3>Sample tasks</h3>
            <SampleTiles session={session} onChosen={onClose} />
          </>
        )}
      </div>
    </Dialog>
  );
}
