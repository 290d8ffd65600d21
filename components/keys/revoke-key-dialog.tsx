"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toaster";
import type { ApiKey } from "@/lib/auth";
import { keysQuery, revokeKey } from "@/lib/auth/client";

/** What stops when a key is revoked. */
export function RevokeKeyDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const cache = useQueryClient();
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Revoke “${apiKey.name}”?`}
      subtitle={`tsr_${apiKey.id}…`}
      verb="Revoke key"
      danger
      consequence="This cannot be undone."
      act={() => revokeKey(apiKey.id)}
      onDone={() => {
        toast(`Key “${apiKey.name}” is revoked.`);
        void cache.invalidateQueries({ queryKey: keysQuery().queryKey });
        onClose();
      }}
    >
      <p>
        The next request with it is answered 401.{" "}
        {apiKey.lastUsedAt ? (
          <>
            It was last used <Time at={apiKey.lastUsedAt} />.
          </>
        ) : (
          "It was never used."
        )}
      </p>
    </ConfirmDialog>
  );
}
