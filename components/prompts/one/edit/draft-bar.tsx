"use client";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import type { PromptDetail } from "@/lib/prompts";
import type { DraftDialog } from "./draft-dialog";
import type { DraftState } from "./draft-session";
import { SavingWord } from "./saving-word";

interface DraftBarProps {
  prompt: PromptDetail;
  state: DraftState;
  open: (dialog: DraftDialog) => void;
  className?: string;
}

/** What the draft started from, whether it is kept, and what can become of it. */
export function DraftBar({ prompt, state, open, className }: DraftBarProps) {
  const { baseNumber, revision, saving } = state;
  const behind = prompt.lastNumber - baseNumber;
  const isDraft = revision !== null || saving.state !== "unchanged";
  const none = isDraft ? undefined : "Nothing is changed yet";
  const isHeld = saving.state === "conflict" || saving.state === "refused";
  return (
    <div className={cx("flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2", className)}>
      <b>{isDraft ? "Draft" : `v${baseNumber}`}</b>
      <span className="text-small text-fg-muted">
        {isDraft ? `started from v${baseNumber}` : "a change starts a draft that only you see"}
        {isDraft && behind > 0 && `, v${prompt.lastNumber} was saved since`}
      </span>
      <SavingWord state={state} />
      <span className="ml-auto flex items-center gap-2">
        {isDraft && behind > 0 && (
          <Button size="sm" variant="ghost" icon="branch" onClick={() => open("changes")}>
            What changed
          </Button>
        )}
        <Button disabledReason={none} onClick={() => open("discard")}>
          Discard draft
        </Button>
        <Button
          variant="primary"
          disabledReason={none ?? (isHeld ? "Settle first what keeps the draft from being saved" : undefined)}
          onClick={() => open("save")}
        >
          Save as version
        </Button>
      </span>
    </div>
  );
}
