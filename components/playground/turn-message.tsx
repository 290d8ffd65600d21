"use client";
import { useState } from "react";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { branchesAt, removeTurn, showBranch, type TurnHead } from "@/lib/playground/client";
import { AttachmentChips } from "./attachment-chips";
import type { Session } from "./session";

interface TurnMessageProps {
  session: Session;
  turn: TurnHead;
  letter: string;
  /** It stands in the prompt above. */
  hideText: boolean;
}

/** What was asked, with the branches that hang in its place; another message there makes one more. */
export function TurnMessage({ session, turn, letter, hideText }: TurnMessageProps) {
  const { workspace, runner } = session;
  const turns = useStore(workspace.store, (state) => state.turns);
  const running = useStore(workspace.store, (state) => state.running.length > 0);
  const [draft, setDraft] = useState<string | null>(null);
  const branches = branchesAt(turns, turn);
  const asked = Object.values(turn.asked ?? {}).some(({ user }) => user !== undefined);
  if (draft !== null) {
    const send = () => {
      setDraft(null);
      void runner.branch(turn.id, draft);
    };
    return (
      <div className="mb-2.5 grid gap-1.5">
        <Textarea
          autoFocus
          aria-label="Another message in its place"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") {
              event.stopPropagation();
              setDraft(null);
            }
            if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
            event.preventDefault();
            event.stopPropagation();
            if (draft.trim() !== "") send();
          }}
          className="max-h-60 overflow-y-auto"
        />
        <span className="flex items-center gap-1.5">
          <span className="mr-auto text-micro text-fg-subtle">Makes a branch; this one stays.</span>
          <Button size="sm" onClick={() => setDraft(null)}>
            Cancel
          </Button>
          <Button
            size="sm"
            variant="primary"
            kbd="⌘↵"
            onClick={send}
            disabledReason={
              running ? "Waits for the run to end" : draft.trim() === "" ? "Needs a message" : undefined
            }
          >
            Run branch
          </Button>
        </span>
      </div>
    );
  }
  const remove = () => {
    const undo = removeTurn(workspace, turn.id);
    toast({ message: "Removed a message and what followed it", action: { label: "Undo", onAction: undo } });
  };
  if (hideText && branches.length < 2) return null;
  return (
    <div className="group mb-2.5 grid grid-cols-[40px_1fr_auto] gap-1 text-fg-muted">
      <span className="text-micro leading-5 text-fg-subtle">user</span>
      <div className="grid min-w-0 gap-1.5">
        {hideText ? (
          <p className="text-small leading-5 text-fg-subtle">as above</p>
        ) : (
          <p className="break-words whitespace-pre-wrap">{turn.user}</p>
        )}
        {!hideText && turn.attachments && <AttachmentChips attachments={turn.attachments} />}
      </div>
      <span className="-mt-0.75 flex items-start">
        {branches.length > 1 && <Branches session={session} branches={branches} turn={turn} />}
        <span className="flex opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
          <IconButton
            icon="pencil"
            size="sm"
            label={`Edit in ${letter} and branch`}
            onClick={() => setDraft(turn.user)}
            disabledReason={asked ? "A prompt asks this: change its text or values above" : undefined}
          />
          <IconButton
            icon="trash"
            size="sm"
            label="Remove it and what follows"
            onClick={remove}
            disabledReason={running ? "Waits for the run to end" : undefined}
          />
        </span>
      </span>
    </div>
  );
}

interface BranchesProps {
  session: Session;
  branches: readonly TurnHead[];
  turn: TurnHead;
}

function Branches({ session, branches, turn }: BranchesProps) {
  const at = branches.findIndex(({ id }) => id === turn.id);
  const running = useStore(session.workspace.store, (state) => state.running.length > 0);
  const show = (index: number) => {
    const branch = branches[index];
    if (branch) showBranch(session.workspace, branch.id);
  };
  const reason = (end: boolean, words: string) =>
    running ? "Waits for the run to end" : end ? words : undefined;
  return (
    <span className="flex items-center text-micro whitespace-nowrap text-fg-subtle">
      <IconButton
        icon="chevron-left"
        size="sm"
        label="Branch before"
        onClick={() => show(at - 1)}
        disabledReason={reason(at === 0, "It is the first")}
      />
      <span title="Branch of how many">
        {at + 1} of {branches.length}
      </span>
      <IconButton
        icon="chevron-right"
        size="sm"
        label="Branch after"
        onClick={() => show(at + 1)}
        disabledReason={reason(at === branches.length - 1, "It is the last")}
      />
    </span>
  );
}
