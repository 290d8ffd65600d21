"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";
import { toast } from "@/components/ui/toaster";
import { useSend } from "@/components/ui/use-send";
import { AppError } from "@/lib/core";
import {
  type ImportedConversation,
  loadImport,
  type ModelRef,
  type ReadConversations,
  refreshSessions,
} from "@/lib/playground/client";
import { importAll } from "./import-batches";
import { ImportPreview } from "./import-preview";
import { ImportSource } from "./import-source";

const folder = "Imported";

interface ImportDialogProps {
  /** What goes on with a conversation that is taken in. */
  model: ModelRef;
  onClose: () => void;
}

interface Source {
  name: string;
  read: () => Promise<string>;
}

/** Conversations from elsewhere become saved comparisons. */
export function ImportDialog({ model, onClose }: ImportDialogProps) {
  const client = useQueryClient();
  const [found, setFound] = useState<(ReadConversations & { source: string }) | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [saved, setSaved] = useState(0);

  const reading = useSend(
    async ({ name, read }: Source) => {
      const { readConversations } = await loadImport();
      return { ...readConversations(await read(), model), source: name };
    },
    (result) => {
      setFound(result);
      setChosen(new Set(result.conversations.keys()));
    },
  );
  const readFile = async (file: File) => {
    const { longestImport } = await loadImport();
    if (file.size > longestImport)
      throw new AppError("too_large", "The file is larger than 64 MB. Split it.");
    return file.text();
  };

  const picked = found?.conversations.filter((_, index) => chosen.has(index)) ?? [];
  // What was saved is not offered again, should the rest be tried once more.
  const settle = (taken: ReadonlySet<ImportedConversation>) => {
    if (!found) return;
    const rest = found.conversations.filter((one) => !taken.has(one));
    const ticked = new Set(picked.filter((one) => !taken.has(one)));
    setSaved((count) => count + taken.size);
    setFound({ ...found, conversations: rest });
    setChosen(new Set([...rest.keys()].filter((index) => rest[index] && ticked.has(rest[index]))));
    refreshSessions(client);
  };
  const sending = useSend<ImportedConversation[], void>(
    async (wanted) => {
      const taken = new Set<ImportedConversation>();
      try {
        await importAll(wanted, folder, (batch) => {
          for (const one of batch) taken.add(one);
        });
      } finally {
        settle(taken);
      }
    },
    () => {
      toast(`Imported into the folder ${folder}`);
      onClose();
    },
  );
  const startAnew = () => {
    sending.forget();
    setSaved(0);
    setFound(null);
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !sending.busy && onClose()}
      title="Import conversations"
      subtitle={found?.source}
      onSubmit={() => picked.length > 0 && sending.send(picked)}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">
            {found ? `They go into the folder ${folder}, with ${model.model} to continue.` : ""}
          </span>
          {found && !sending.busy && <Button onClick={startAnew}>Another file</Button>}
          <Button onClick={onClose}>Cancel</Button>
          {found && (
            <Button
              type="submit"
              variant="primary"
              busy={sending.busy}
              disabledReason={picked.length === 0 ? "Nothing is ticked" : undefined}
              kbd="⌘↵"
            >
              Import {picked.length.toLocaleString("en")}
            </Button>
          )}
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {sending.error && (
          <Note tone="danger" alert>
            {saved === 0 ? "Nothing was imported." : `${saved} were imported; those below were not.`}{" "}
            {sending.error.message}
          </Note>
        )}
        {found ? (
          <ImportPreview {...found} chosen={chosen} onChange={setChosen} />
        ) : (
          <>
            <ImportSource
              busy={reading.busy}
              onText={(text, name) => reading.send({ name, read: () => Promise.resolve(text) })}
              onFile={(file) => reading.send({ name: file.name, read: () => readFile(file) })}
            />
            {reading.error && (
              <Note tone="danger" alert>
                Nothing was taken. {reading.error.message}
              </Note>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}
