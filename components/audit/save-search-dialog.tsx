"use client";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { type AuditFilter, searchPatch } from "@/lib/audit-log";
import { refreshSearches, saveSearch } from "@/lib/audit-log/client";

/** Gives the present filter a name. */
export function SaveSearchDialog({ filter, onClose }: { filter: AuditFilter; onClose: () => void }) {
  const client = useQueryClient();
  const form = useForm({
    schema: searchPatch,
    initial: { name: "" },
    send: ({ name }) => saveSearch({ name, filter }),
    onDone: ({ name }) => {
      refreshSearches(client);
      toast(`${name} is saved.`);
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Save this search"
      onSubmit={form.submit}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">Only you see it.</span>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={form.busy} kbd="⌘↵">
            Save
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <Field label="Name" error={form.errorOf("name")}>
          <Input
            autoFocus
            maxLength={80}
            value={form.values.name}
            onChange={(event) => form.set("name", event.target.value)}
          />
        </Field>
        {form.failure && (
          <Note tone="danger" alert>
            Nothing was saved. {form.failure}
          </Note>
        )}
      </div>
    </Dialog>
  );
}
