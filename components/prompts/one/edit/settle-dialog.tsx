"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Consequence } from "@/components/ui/consequence";
import { Dialog } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";
import { type MergeResult, type PromptContent, type Settlement, settleConflicts } from "@/lib/prompts";
import { counted } from "../figures";
import { ConflictCard } from "./conflict-card";

/** What can be done with the text once every place is chosen. */
interface Way {
  busy: boolean;
  act: (settled: PromptContent) => void;
}

interface SettleDialogProps {
  fullName: string;
  result: MergeResult;
  /** What met the other version, and where, to be read before "differently". */
  changed: string;
  save: Way;
  /** Goes on with the text without saving it as a version. */
  take: Way & { verb: string };
  /** Why nothing was saved. */
  failure: string | null;
  onClose: () => void;
}

/** What a version that was saved first and a text say differently, place by place. */
export function SettleDialog(props: SettleDialogProps) {
  const { fullName, result, changed, save, take, failure, onClose } = props;
  const { theirs, base, conflicts } = result;
  const [made, setMade] = useState<{ of: MergeResult; choices: (Settlement | undefined)[] }>();
  // Choices hold for one clash: another one begins anew.
  const choices = made?.of === result ? made.choices : conflicts.map(() => undefined);
  const open = choices.filter((choice) => choice === undefined).length;
  const waits = open > 0 ? `${counted(open, "choice")} to make` : undefined;
  const settled = () =>
    settleConflicts(
      result,
      choices.map((choice) => choice ?? "mine"),
    );
  return (
    <Dialog
      open
      keep
      size="lg"
      onOpenChange={(next) => !next && onClose()}
      title={`Not saved. ${theirs.createdBy?.name ?? "Somebody"} saved v${theirs.number} first`}
      subtitle={fullName}
      onSubmit={() => waits === undefined && save.act(settled())}
      footer={
        <>
          <Consequence>{waits ?? "What only one side changed is taken from that side."}</Consequence>
          <Button onClick={onClose}>Cancel</Button>
          <Button busy={take.busy} disabledReason={waits} onClick={() => take.act(settled())}>
            {take.verb}
          </Button>
          <Button type="submit" variant="primary" busy={save.busy} disabledReason={waits} kbd="⌘↵">
            Save version
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <p className="text-small text-fg-muted">
          “{theirs.message}” and {changed} differently. Choose what stands there.
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
              onChoose={(choice) => setMade({ of: result, choices: choices.with(index, choice) })}
            />
          ))}
        </ol>
        {failure && (
          <Note tone="danger" alert>
            {failure}
          </Note>
        )}
      </div>
    </Dialog>
  );
}
