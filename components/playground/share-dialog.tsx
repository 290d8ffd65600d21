"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { useSend } from "@/components/ui/use-send";
import type { SnapshotSummary } from "@/lib/playground";
import {
  createSnapshot,
  documentOf,
  isSavedByItself,
  refreshSnapshots,
  revokeSnapshot,
  takenOver,
  titleOf,
} from "@/lib/playground/client";
import type { Session } from "./session";
import { SnapshotList } from "./snapshot-list";

interface ShareDialogProps {
  session: Session;
  onClose: () => void;
}

const linkOf = ({ id }: SnapshotSummary) => `${window.location.origin}/playground/shared/${id}`;

/** Freezes the comparison under a link, and takes links back. */
export function ShareDialog({ session, onClose }: ShareDialogProps) {
  const { workspace, saver } = session;
  const client = useQueryClient();
  const sessionId = useStore(workspace.store, (state) => state.id);
  const state = workspace.store.getState;
  const [made, setMade] = useState<SnapshotSummary | null>(null);
  const [revoking, setRevoking] = useState<SnapshotSummary | null>(null);
  const sending = useSend<void, SnapshotSummary>(
    async () => {
      // So that the link is found again beside its comparison.
      if (state().id === null && isSavedByItself(state())) await saver.saveNow();
      const { id } = state();
      const document = takenOver(documentOf(workspace, "as interrupted"));
      const title = state().title || titleOf(document);
      return createSnapshot({ ...(id ? { sessionId: id } : {}), title, document });
    },
    (snapshot) => {
      setMade(snapshot);
      refreshSnapshots(client);
    },
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Share this comparison"
      onSubmit={() => !made && sending.send()}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">Later changes are not shared.</span>
          <Button onClick={onClose}>{made ? "Done" : "Cancel"}</Button>
          {!made && (
            <Button type="submit" variant="primary" icon="share" busy={sending.busy} kbd="⌘↵">
              Make a link
            </Button>
          )}
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <p>
          What is shared: the prompt with texts of the library in it, answers, images and files, as they are
          now. Everybody who is signed in here and has the link can read it and continue in a copy, until you
          revoke it.
        </p>
        {made && (
          <Field label="Link">
            <div className="flex gap-2">
              <Input
                readOnly
                mono
                aria-label="Link"
                value={linkOf(made)}
                onFocus={(event) => event.target.select()}
                className="min-w-0 flex-1"
              />
              <CopyButton text={linkOf(made)} label="Copy link" variant="primary" />
            </div>
          </Field>
        )}
        {sending.error && (
          <Note tone="danger" alert>
            Nothing was shared. {sending.error.message}
          </Note>
        )}
        <SnapshotList sessionId={sessionId} linkOf={linkOf} onRevoke={setRevoking} />
      </div>
      {revoking && (
        <ConfirmDialog
          open
          danger
          title="Revoke the link?"
          subtitle={revoking.title}
          verb="Revoke link"
          consequence="This cannot be undone."
          act={() => revokeSnapshot(revoking.id)}
          onDone={() => {
            if (made?.id === revoking.id) setMade(null);
            refreshSnapshots(client);
            setRevoking(null);
          }}
          onClose={() => setRevoking(null)}
        >
          <p>
            The link stops working at once and what it showed is dropped. Copies that others made stay theirs.
          </p>
        </ConfirmDialog>
      )}
    </Dialog>
  );
}
