"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import type { AccessRequest } from "@/lib/catalog";
import { requestsQuery, withdrawRequest } from "@/lib/catalog/client";

/** Takes a request back. */
export function WithdrawDialog({ request, onClose }: { request: AccessRequest; onClose: () => void }) {
  const cache = useQueryClient();
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title="Withdraw this request?"
      subtitle={`${request.privileges.join(", ")} on ${request.name}`}
      verb="Withdraw request"
      act={async () => cache.setQueryData(requestsQuery().queryKey, await withdrawRequest(request.id))}
      onDone={() => {
        toast("Request withdrawn.");
        onClose();
      }}
    >
      <p>Nobody is asked to decide it any more. You can ask again at any time.</p>
    </ConfirmDialog>
  );
}
