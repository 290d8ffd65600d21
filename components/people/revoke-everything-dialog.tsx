"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toaster";
import { counted, type Revocation } from "@/lib/auth";
import { refreshPrincipals, revocationQuery, revokeEverything } from "@/lib/auth/client";
import { RevocationCounts } from "./revocation-counts";

interface RevokeEverythingDialogProps {
  id: string;
  name: string;
  /** Why this account cannot be deactivated with it. */
  cannotDeactivate?: string;
  onClose: () => void;
}

function summary({ counts, disabled }: Revocation): string {
  const ended = counts.filter(({ count }) => count > 0).map(({ noun, count }) => counted(count, noun));
  const list = ended.length > 0 ? `${ended.join(", ")} ended` : "nothing was left to end";
  return disabled ? `${list}, and the account is deactivated` : list;
}

/** Ends everything a principal holds, after showing how much that is. */
export function RevokeEverythingDialog({ id, name, cannotDeactivate, onClose }: RevokeEverythingDialogProps) {
  const cache = useQueryClient();
  const preview = useQuery(revocationQuery(id));
  const [deactivate, setDeactivate] = useState(false);
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Revoke everything of ${name}?`}
      verb="Revoke everything"
      danger
      consequence="This cannot be undone."
      act={async () => {
        const done = await revokeEverything(id, { deactivate });
        toast(`${name}: ${summary(done)}.`);
      }}
      onDone={() => {
        void refreshPrincipals(cache);
        onClose();
      }}
    >
      {preview.isPending ? (
        <RowsSkeleton rows={4} />
      ) : preview.isError ? (
        <ErrorState
          title="What would end could not be counted"
          error={preview.error}
          onRetry={() => void preview.refetch()}
        />
      ) : (
        <>
          <RevocationCounts revocation={preview.data} deactivate={deactivate} />
          {!preview.data.disabled &&
            (cannotDeactivate ? (
              <p className="text-small text-fg-muted">{cannotDeactivate}</p>
            ) : (
              <Switch checked={deactivate} onChange={setDeactivate}>
                Deactivate the account as well
              </Switch>
            ))}
        </>
      )}
    </ConfirmDialog>
  );
}
