"use client";
import { FullName } from "@/components/catalog/full-name";
import { Note } from "@/components/ui/note";
import type { PromptDetail } from "@/lib/prompts";
import type { Clash } from "./draft-dialog";
import type { DraftSession, DraftState } from "./draft-session";
import { useCommit } from "./use-commit";
import { VersionForm } from "./version-form";

interface SaveVersionDialogProps {
  prompt: PromptDetail;
  session: DraftSession;
  state: DraftState;
  onClose: () => void;
  onClash: (clash: Clash) => void;
  onSaved: (version: number) => void;
}

/** The draft becomes the next version, with words on what it changes. */
export function SaveVersionDialog({
  prompt,
  session,
  state,
  onClose,
  onClash,
  onSaved,
}: SaveVersionDialogProps) {
  const { lastNumber, fullName } = prompt;
  const { baseNumber } = state;
  const commit = useCommit({ prompt, session, onClash, onSaved });
  return (
    <VersionForm
      title={`Save as v${lastNumber + 1}`}
      subtitle={<FullName object={{ kind: "prompt", fullName }} />}
      save={commit}
      onClose={onClose}
    >
      {lastNumber > baseNumber && (
        <Note>
          The draft started from v{baseNumber}; v{lastNumber} was saved since. Both are merged. What both
          changed differently is shown first, and nothing is saved before you have chosen.
        </Note>
      )}
    </VersionForm>
  );
}
