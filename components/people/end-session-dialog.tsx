"use client";
import { useQueryClient } from "@tanstack/react-query";
import { deviceOf } from "@/components/account/device";
import { signOut } from "@/components/shell/sign-out";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import type { Session } from "@/lib/auth";
import { refreshPrincipals, revokeSession } from "@/lib/auth/client";

interface EndSessionDialogProps {
  session: Session;
  /** Whose it is. */
  name: string;
  onClose: () => void;
}

/** What stops when somebody's session is ended. */
export function EndSessionDialog({ session, name, onClose }: EndSessionDialogProps) {
  const cache = useQueryClient();
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={session.current ? "Sign out here?" : `End this session of ${name}?`}
      subtitle={`${deviceOf(session.userAgent)}, ${session.ip}`}
      verb={session.current ? "Sign out" : "End session"}
      danger
      act={() => (session.current ? signOut() : revokeSession(session.id))}
      onDone={() => {
        toast("The session is ended.");
        void refreshPrincipals(cache);
        onClose();
      }}
    >
      <p>
        That browser has to sign in again. An answer that is coming in it stops within a second, and what it
        did not save is lost.
      </p>
    </ConfirmDialog>
  );
}
