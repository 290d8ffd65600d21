"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ConflictCard } from "@/components/prompts/one/edit/conflict-card";
import { Button } from "@/components/ui/button";
import { Consequence } from "@/components/ui/consequence";
import { Dialog } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";
import { useSend } from "@/components/ui/use-send";
import { type PromptTarget, setLoadedPrompt, withContent } from "@/lib/playground/client";
import { type MergeResult, type PromptContent, type Settlement, settleConflicts } from "@/lib/prompts";
import type { Session } from "../session";
import { useSaveVersion } from "./use-save-version";

interface ClashDialogProps {
  session: Session;
  target: PromptTarget;
  name: string;
  result: MergeResult;
  message: string;
  onClash: (result: MergeResult) => void;
  onClose: () => void;
}

/** What a version that was saved first and the text here say differently, place by place; then it is tried again. */
export function ClashDialog({ session, target, name, result, message, onClash, onClose }: ClashDialogProps) {
  const client = useQueryClient();
  const { theirs, base, conflicts } = result;
  const [choices, setChoices] = useState<(Settlement | undefined)[]>(conflicts.map(() => undefined));
  const open = choices.filter((choice) => choice === undefined).length;
  const save = useSaveVersion(session, target, name);
  const settled = (): PromptContent =>
    settleConflicts(
      result,
      choices.map((choice) => choice ?? "mine"),
    );
  const saving = useSend<void, MergeResult | null>(
    () => save(client, { content: settled(), message, base: theirs.number }),
    (again) => {
      if (!again) return onClose();
      setChoices(again.conflicts.map(() => undefined));
      onClash(again);
    },
  );
  const take = () => {
    const source = { name, version: theirs.number, alias: null, written: theirs.content };
    setLoadedPrompt(session.workspace, target, withContent(source, settled()));
    onClose();
  };
  const waits = open > 0 ? `${open} choice${open === 1 ? "" : "s"} to make` : undefined;
  return (
    <Dialog
      open
      keep
      size="lg"
      onOpenChange={(next) => !next && onClose()}
      title={`Not saved. ${theirs.createdBy?.name ?? "Somebody"} saved v${theirs.number} first`}
      subtitle={name}
      onSubmit={() => waits === undefined && saving.send()}
      footer={
        <>
          <Consequence>{waits ?? "What only one side changed is taken from that side."}</Consequence>
          <Button onClick={onClose}>Cancel</Button>
          <Button disabledReason={waits} onClick={take}>
            Take into the playground
          </Button>
          <Button type="submit" variant="primary" busy={saving.busy} disabledReason={waits} kbd="⌘↵">
            Save version
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <p className="text-small text-fg-muted">
          “{theirs.message}” and the text here changed {conflicts.length === 1 ? "a place" : "places"}{" "}
          differently. Choose what stands there.
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
        {saving.error && (
          <Note tone="danger" alert>
            Nothing was saved. {saving.error.message}
          </Note>
        )}
      </div>
    </Dialog>
  );
}
