"use client";
import { useSend } from "@/components/ui/use-send";
import type { PromptContent, PromptDetail } from "@/lib/prompts";
import { counted } from "../figures";
import type { Clash } from "./draft-dialog";
import type { DraftSession } from "./draft-session";
import { SettleDialog } from "./settle-dialog";
import { useCommit } from "./use-commit";

interface MergeDialogProps {
  prompt: PromptDetail;
  session: DraftSession;
  clash: Clash;
  onClash: (clash: Clash) => void;
  onClose: () => void;
  onSaved: (version: number) => void;
  onRestart: () => Promise<void>;
}

/** What a version that was saved first and the draft say differently, place by place; then it is tried again. */
export function MergeDialog({
  prompt,
  session,
  clash,
  onClash,
  onClose,
  onSaved,
  onRestart,
}: MergeDialogProps) {
  const { result, message } = clash;
  const commit = useCommit({ prompt, session, onClash, onSaved });
  const rebase = async (settled: PromptContent) => {
    if (await session.rebase(settled, result.theirs.number)) return;
    throw new Error("The merged draft was not saved; it says why over the text.");
  };
  const save = useSend<PromptContent, void>(
    async (settled) => {
      await rebase(settled);
      await commit(message);
    },
    () => undefined,
  );
  const edit = useSend<PromptContent, void>(async (settled) => {
    await rebase(settled);
    session.stop();
    await onRestart();
  }, onClose);
  const error = save.error ?? edit.error;
  return (
    <SettleDialog
      fullName={prompt.fullName}
      result={result}
      changed={`your draft changed ${counted(result.conflicts.length, "place")}`}
      save={{ busy: save.busy, act: save.send }}
      take={{ busy: edit.busy, act: edit.send, verb: "Put into the draft" }}
      failure={error && `Nothing was saved as a version. ${error.message}`}
      onClose={onClose}
    />
  );
}
