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
import { type CreatedKey as Created, type KeyScopes, keyInput } from "@/lib/auth";
import { createKey, createServiceKey, refreshPrincipals } from "@/lib/auth/client";
import { CreatedKey } from "./created-key";
import { ScopesField } from "./scopes-field";

const never = "never";
const lifetimes = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "1 year" },
  { value: never, label: "Never", detail: "until it is revoked" },
];

function consequence(owner: string | undefined, scopes: KeyScopes | null | undefined): string {
  const who = owner ?? "you";
  return scopes
    ? `It acts as ${who}, within these scopes.`
    : `It acts as ${who}: it may call what ${who} may call.`;
}

interface CreateKeyDialogProps {
  open: boolean;
  /** The service principal that gets the key; absent for oneself. */
  owner?: { id: string; name: string };
  onClose: () => void;
}

/** Name, lifetime and scopes first, then the key, shown once. */
export function CreateKeyDialog({ open, owner, onClose }: CreateKeyDialogProps) {
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
  return <Ask owner={owner} onClose={close} onCreated={setCreated} />;
}

interface AskProps extends Pick<CreateKeyDialogProps, "owner" | "onClose"> {
  onCreated: (key: Created) => void;
}

function Ask({ owner, onClose, onCreated }: AskProps) {
  const cache = useQueryClient();
  const form = useForm({
    schema: keyInput,
    initial: {
      name: "",
      expiresInDays: 90 as number | undefined,
      scopes: null as KeyScopes | null | undefined,
    },
    send: (values) => (owner ? createServiceKey(owner.id, values) : createKey(values)),
    onDone: (key) => {
      onCreated(key);
      void refreshPrincipals(cache);
    },
  });
  const days = form.values.expiresInDays;
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={owner ? `Create a key of ${owner.name}` : "Create an API key"}
      onSubmit={form.submit}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">
            {consequence(owner?.name, form.values.scopes)}
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
        <ScopesField
          value={form.values.scopes ?? null}
          onChange={(scopes) => form.set("scopes", scopes)}
          owner={owner?.name}
          error={form.errorOf("scopes")}
        />
        {form.failure && (
          <Note tone="danger" alert>
            No key was made. {form.failure}
          </Note>
        )}
      </div>
    </Dialog>
  );
}
