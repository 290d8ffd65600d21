"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import type { OneTimeLink, User } from "@/lib/auth";
import { refreshPrincipals, resetUser, updateUser } from "@/lib/auth/client";
import { type Change, wordingOf } from "./changes";
import { LinkDialog } from "./link-dialog";

interface ChangeDialogProps {
  user: User;
  change: Change;
  onClose: () => void;
}

/** A change to somebody's account: its consequence, then the verb, then the link where one is made. */
export function ChangeDialog({ user, change, onClose }: ChangeDialogProps) {
  const cache = useQueryClient();
  const [link, setLink] = useState<OneTimeLink>();
  const words = wordingOf(change, user);
  if (link) {
    return (
      <LinkDialog title="Give them this link" subtitle={user.email} link={link} onClose={onClose}>
        Whoever opens it chooses a new password for this account.
      </LinkDialog>
    );
  }
  const act = async () => {
    if (words.patch) await updateUser({ id: user.id, ...words.patch });
    else setLink(await resetUser(user.id));
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={words.title}
      subtitle={user.email}
      verb={words.verb}
      danger={words.danger}
      act={act}
      onDone={() => {
        void refreshPrincipals(cache);
        if (!words.patch) return;
        toast(words.done);
        onClose();
      }}
    >
      <p>{words.effect}</p>
    </ConfirmDialog>
  );
}
