"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { Select } from "@/components/ui/select";
import { useForm } from "@/components/ui/use-form";
import { type CreatedKey as Created, keyInput } from "@/lib/auth";
import { createKey, keysQuery } from "@/lib/auth/client";
import { CreatedKey } from "./created-key";

const never = "never";
const lifetimes = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "1 year" },
  { value: never, label: "Never", detail: "until it is revoked" },
];

/** Name and lifetime first, then the key, shown once. */
export function CreateKeyDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [created, setCreated] = useState<Created>();
  const close = () => {
    setCreated(undefined);
    onClose();
  };
  if (!open) return null;
  if (created) {
    return (
      <Dialog
        open
        keep
        size="lg"
        onOpenChange={close}
        title={`Key “${created.name}” is made`}
        onSubmit={close}
        footer={
          <>
            <span className="flex-1" />
            <Button type="submit" kbd="⌘↵">
              Done
            </Button>
          </>
        }
      >
        <CreatedKey secret={created.key} />
      </Dialog>
    );
  }
  return <Ask onClose={close} onCreated={setCreated} />;
}

function Ask({ onClose, onCreated }: { onClose: () => void; onCreated: (key: Created) => void }) {
  const cache = useQueryClient();
  const form = useForm({
    schema: keyInput,
    initial: { name: "", expiresInDays: 90 as number | undefined },
    send: createKey,
    onDone: (key) => {
      onCreated(key);
      void cache.invalidateQueries({ queryKey: keysQuery().queryKey });
    },
  });
  const days = form.values.expiresInDays;
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title="Create an API key"
      onSubmit={form.submit}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">
            It acts as you: it may call what you may call.
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={form.busy} kbd="⌘↵">
            Create key
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <Field
          label="Name"
          hint="Where it will be used, so that you know it again."
          error={form.errorOf("name")}
        >
          <Input
            autoFocus
            value={form.values.name}
            placeholder="nightly-import"
            onChange={(event) => form.set("name", event.target.value)}
          />
        </Field>
        <Field label="Lasts" error={form.errorOf("expiresInDays")}>
          <Select
            value={days === undefined ? never : String(days)}
            onChange={(value) => form.set("expiresInDays", value === never ? undefined : Number(value))}
            options={lifetimes}
          />
        </Field>
        {form.failure && (
          <Note tone="danger" alert>
            No key was made. {form.failure}
          </Note>
        )}
      </div>
    </Dialog>
  );
}
