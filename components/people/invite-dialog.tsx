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
import { type Invited, inviteInput, type Role } from "@/lib/auth";
import { inviteUser, usersQuery } from "@/lib/auth/client";
import { LinkDialog } from "./link-dialog";
import { roleOptions } from "./roles";

/** E-mail and role first, then the one-time link. */
export function InviteDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [invited, setInvited] = useState<Invited>();
  if (!open) return null;
  if (!invited) return <Ask onClose={onClose} onInvited={setInvited} />;
  return (
    <LinkDialog
      title="Give them this link"
      subtitle={invited.user.email}
      link={invited}
      onClose={() => {
        setInvited(undefined);
        onClose();
      }}
    >
      Whoever opens it chooses the password of this account.
    </LinkDialog>
  );
}

function Ask({ onClose, onInvited }: { onClose: () => void; onInvited: (invited: Invited) => void }) {
  const cache = useQueryClient();
  const form = useForm({
    schema: inviteInput,
    initial: { email: "", role: "member" as Role },
    send: inviteUser,
    onDone: (invited) => {
      onInvited(invited);
      void cache.invalidateQueries({ queryKey: usersQuery().queryKey });
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title="Invite a person"
      onSubmit={form.submit}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">
            Nothing is sent: you hand the link over yourself.
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={form.busy} kbd="⌘↵">
            Make link
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <Field label="E-mail" error={form.errorOf("email")}>
          <Input
            autoFocus
            type="email"
            value={form.values.email}
            placeholder="ana@example.org"
            onChange={(event) => form.set("email", event.target.value)}
          />
        </Field>
        <Field label="Role" error={form.errorOf("role")}>
          <Select
            value={form.values.role ?? "member"}
            onChange={(value) => form.set("role", value === "admin" ? "admin" : "member")}
            options={roleOptions}
          />
        </Field>
        {form.failure && (
          <Note tone="danger" alert>
            Nobody was invited. {form.failure}
          </Note>
        )}
      </div>
    </Dialog>
  );
}
