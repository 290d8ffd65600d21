"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import { counted } from "@/lib/auth";
import { endSessionsOf, refreshPrincipals } from "@/lib/auth/client";

interface EndSessionsDialogProps {
  id: string;
  name: string;
  /** It is one's own account. */
  own: boolean;
  onClose: () => void;
}

/** What stops when a person is signed out everywhere. */
export function EndSessionsDialog({ id, name, own, onClose }: EndSessionsDialogProps) {
  const cache = useQueryClient();
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`End every session of ${name}?`}
      verb="End all sessions"
      danger
      act={async () => {
        const { ended } = await endSessionsOf(id);
        toast(`${counted(ended, "sessions")} of ${name} ended.`);
      }}
      onDone={() => {
        void refreshPrincipals(cache);
        onClose();
      }}
    >
      <p>
        {own ? "You are signed out here too. " : ""}Every browser has to sign in again, and answers that are
        coming stop within a second. Keys go on: revoke everything to end those as well.
      </p>
    </ConfirmDialog>
  );
}
