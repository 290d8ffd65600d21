"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { useSend } from "@/components/ui/use-send";
import { folderName, type PlaygroundEntry } from "@/lib/playground";
import { moveSession, playgroundFoldersQuery, refreshSessions } from "@/lib/playground/client";
import { folderOf, folderOptions, folderValue } from "./folder-choice";

const another = "new";

/** Into which folder a saved comparison goes. */
export function MoveDialog({ entry, onClose }: { entry: PlaygroundEntry; onClose: () => void }) {
  const client = useQueryClient();
  const folders = useQuery(playgroundFoldersQuery());
  const [chosen, setChosen] = useState(folderValue(entry.folder));
  const [typed, setTyped] = useState("");
  const named = folderName.safeParse(typed);
  const folder = chosen === another ? (named.data ?? "") : (folderOf(chosen) ?? "");
  const wrong = named.success ? undefined : named.error.issues[0]?.message;
  const missing = chosen === another && folder === "" ? "Name the folder" : undefined;
  const sending = useSend(
    (into: string) => moveSession(entry.id, into),
    () => {
      toast(folder === "" ? `${entry.title} is in no folder` : `Moved to ${folder}`);
      refreshSessions(client);
      onClose();
    },
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Move to a folder"
      subtitle={entry.title}
      onSubmit={() => !missing && sending.send(folder)}
      footer={
        <>
          <Button className="ml-auto" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" busy={sending.busy} disabledReason={missing} kbd="⌘↵">
            Move
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <Field label="Folder">
          <Select
            value={chosen}
            onChange={setChosen}
            options={[
              ...folderOptions(folders.data ?? [{ folder: entry.folder, sessions: 1 }]),
              { value: another, label: "New folder", icon: "plus" },
            ]}
          />
        </Field>
        {chosen === another && (
          <Field label="Name of the new folder" error={wrong}>
            <Input
              autoFocus
              maxLength={100}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </Field>
        )}
        {(sending.error ?? folders.error) && (
          <Note tone="danger" alert>
            {sending.error ? "Not moved." : "The folders could not be read."}{" "}
            {(sending.error ?? folders.error)?.message}
          </Note>
        )}
      </div>
    </Dialog>
  );
}
