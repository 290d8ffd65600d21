"use client";
import { useQueryClient } from "@tanstack/react-query";
import { FullName } from "@/components/catalog/full-name";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import type { PromptDetail } from "@/lib/prompts";
import { discardDraft, refreshPrompts } from "@/lib/prompts/client";
import type { DraftSession } from "./draft-session";

interface DiscardDialogProps {
  prompt: PromptDetail;
  session: DraftSession;
  onClose: () => void;
  onRestart: () => Promise<void>;
}

/** Throws the draft away; there is no way back, so it is asked. */
export function DiscardDialog({ prompt, session, onClose, onRestart }: DiscardDialogProps) {
  const cache = useQueryClient();
  const { fullName, lastNumber } = prompt;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title="Discard the draft?"
      subtitle={<FullName object={{ kind: "prompt", fullName }} />}
      verb="Discard draft"
      danger
      consequence="This cannot be taken back."
      act={async () => {
        session.stop();
        await discardDraft(fullName).catch((error: unknown) => {
          session.resume();
          throw error;
        });
        await onRestart();
        toast("The draft is discarded.");
        void refreshPrompts(cache);
        onClose();
      }}
      onDone={() => undefined}
    >
      <p>What you changed since v{session.store.getState().baseNumber} is lost. Versions stay as they are.</p>
      <p>The editor shows v{lastNumber} then.</p>
    </ConfirmDialog>
  );
}
