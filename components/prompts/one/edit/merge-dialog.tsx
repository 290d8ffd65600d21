"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Consequence } from "@/components/ui/consequence";
import { Dialog } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";
import { useSend } from "@/components/ui/use-send";
import { type PromptDetail, type Settlement, settleConflicts } from "@/lib/prompts";
import { counted } from "../figures";
import { ConflictCard } from "./conflict-card";
import type { Clash } from "./draft-dialog";
import type { DraftSession } from "./draft-session";
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
  const { theirs, base, conflicts } = result;
  const [choices, setChoices] = useState<(Settlement | undefined)[]>(conflicts.map(() => undefined));
  const open = choices.filter((choice) => choice === undefined).length;
  const commit = useCommit({ prompt, session, onClash, onSaved });
  const rebase = async () => {
    const settled = settleConflicts(
      result,
      choices.map((choice) => choice ?? "mine"),
    );
    if (await session.rebase(settled, theirs.number)) return;
    throw new Error("The merged draft was not saved; it says why over the text.");
  };
  const save = useSend<void, void>(
    async () => {
      await rebase();
      await commit(message);
    },
    () => undefined,
  );
  const edit = useSend<void, void>(async () => {
    await rebase();
    session.stop();
    await onRestart();
  }, onClose);
  const waits = open > 0 ? `${counted(open, "choice")} to make` : undefined;
  const error = save.error ?? edit.error;
  return (
    <Dialog
      open
      keep
      size="lg"
      onOpenChange={(next) => !next && onClose()}
      title={`Not saved. ${theirs.createdBy?.name ?? "Somebody"} saved v${theirs.number} first`}
      subtitle={prompt.fullName}
      onSubmit={() => waits === undefined && save.send()}
      footer={
        <>
          <Consequence>{waits ?? "What only one side changed is taken from that side."}</Consequence>
          <Button onClick={onClose}>Cancel</Button>
          <Button busy={edit.busy} disabledReason={waits} onClick={() => edit.send()}>
            Put into the draft
          </Button>
          <Button type="submit" variant="primary" busy={save.busy} disabledReason={waits} kbd="⌘↵">
            Save version
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <p className="text-small text-fg-muted">
          “{theirs.message}” and your draft changed {counted(conflicts.length, "place")} differently. Choose
          what stands there.
        </p>
        <ol className="grid gap-3">
          {conflicts.map((conflict, index) => (
            <ConflictCard
              // biome-ignore lint/suspicious/noArrayIndexKey: one place may hold several conflicts.
              key={index}
              conflict={conflict}
              theirs={theirs}
              baseNumber={base?.number}
              choice={choices[index]}
              onChoose={(choice) => setChoices(choices.with(index, choice))}
            />
          ))}
        </ol>
        {error && (
          <Note tone="danger" alert>
            Nothing was saved as a version. {error.message}
          </Note>
        )}
      </div>
    </Dialog>
  );
}
