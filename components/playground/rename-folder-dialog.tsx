"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { useSend } from "@/components/ui/use-send";
import { folderName } from "@/lib/playground";
import { refreshSessions, renameFolder } from "@/lib/playground/client";

interface RenameFolderDialogProps {
  folder: string;
  onClose: () => void;
  onRenamed: (to: string) => void;
}

/** Another name for a folder; none dissolves it. */
export function RenameFolderDialog({ folder, onClose, onRenamed }: RenameFolderDialogProps) {
  const client = useQueryClient();
  const [typed, setTyped] = useState(folder);
  const named = folderName.safeParse(typed);
  const sending = useSend(
    (to: string) => renameFolder({ from: folder, to }),
    () => {
      refreshSessions(client);
      onRenamed(named.data ?? "");
      onClose();
    },
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Rename the folder"
      subtitle={folder}
      onSubmit={() => named.success && sending.send(named.data)}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">
            The name of another folder joins the two.
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={sending.busy} kbd="⌘↵">
            {named.data === "" ? "Dissolve folder" : "Rename folder"}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <Field
          label="Name"
          hint="Left empty, the folder is dissolved; its comparisons stay."
          error={named.success ? undefined : named.error.issues[0]?.message}
        >
          <Input autoFocus maxLength={100} value={typed} onChange={(event) => setTyped(event.target.value)} />
        </Field>
        {sending.error && (
          <Note tone="danger" alert>
            Nothing was renamed. {sending.error.message}
          </Note>
        )}
      </div>
    </Dialog>
  );
}
