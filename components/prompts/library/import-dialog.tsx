"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Consequence } from "@/components/ui/consequence";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toaster";
import { bounds } from "@/lib/prompts";
import { ImportResults } from "./import-results";
import { ImportSource } from "./import-source";
import { isWritten, useImport } from "./use-import";

const promptCount = (count: number) =>
  count === 1 ? "1 prompt" : `${count.toLocaleString("en-US")} prompts`;

/** Files become prompts and versions, after it was shown what would become of each. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [message, setMessage] = useState("");
  const { preview, done, ...files } = useImport((count) => {
    toast(`${promptCount(count)} imported.`);
    onClose();
  });
  const writing = preview?.results.filter(isWritten).length ?? 0;
  const hasConflict = preview?.results.some(({ outcome }) => outcome === "conflict") ?? false;
  return (
    <Dialog
      open
      keep={files.isSending}
      onOpenChange={(next) => !next && onClose()}
      size="lg"
      title="Import prompts"
      onSubmit={() => !done && writing > 0 && !files.isReading && files.send(message)}
      footer={
        <>
          <Consequence>
            {preview && !done && "Conflicts and refusals are left out. Aliases stay where they are."}
            {done && `${promptCount(done.filter(isWritten).length)} imported; the others are as they were.`}
          </Consequence>
          {preview && !files.isSending && <Button onClick={files.startAnew}>Other files</Button>}
          <Button onClick={onClose}>{done ? "Close" : "Cancel"}</Button>
          {preview && !done && (
            <Button
              type="submit"
              variant="primary"
              busy={files.isSending}
              disabledReason={writing === 0 ? "There is nothing to import" : undefined}
              kbd="⌘↵"
            >
              Import {promptCount(writing)}
            </Button>
          )}
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {files.failure && (
          <Note tone="danger" alert>
            Nothing was imported. {files.failure.message}
          </Note>
        )}
        {!preview && <ImportSource busy={files.isReading} onFiles={files.choose} />}
        {preview && !done && (
          <>
            <Field label="Message of the new versions">
              <Input
                value={message}
                placeholder="Imported from a file"
                maxLength={bounds.commitMessage}
                onChange={(event) => setMessage(event.target.value)}
              />
            </Field>
            {(hasConflict || files.overwrite) && (
              <Switch checked={files.overwrite} onChange={files.setOverwrite} disabled={files.isReading}>
                The files win: what they say becomes the next version
              </Switch>
            )}
          </>
        )}
        {preview && <ImportResults results={done ?? preview.results} isDone={done !== undefined} />}
        {preview && preview.skipped.length > 0 && (
          <Note>
            {preview.skipped.length === 1 ? "1 file holds" : `${preview.skipped.length} files hold`} no prompt
            by {preview.skipped.length === 1 ? "its ending" : "their endings"}:{" "}
            {preview.skipped.slice(0, 5).join(", ")}
            {preview.skipped.length > 5 && " and others"}.
          </Note>
        )}
      </div>
    </Dialog>
  );
}
