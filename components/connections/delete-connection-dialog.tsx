"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import type { Connection } from "@/lib/gateway";
import { deleteConnection, gatewayKeys } from "@/lib/gateway/client";

/** What can no longer be called when a connection goes. */
export function DeleteConnectionDialog({
  connection,
  onClose,
}: {
  connection: Connection;
  onClose: () => void;
}) {
  const cache = useQueryClient();
  const count = connection.models.length;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Delete ${connection.name}?`}
      subtitle={connection.baseUrl}
      verb="Delete connection"
      danger
      consequence="This cannot be undone."
      act={() => deleteConnection(connection.id)}
      onDone={() => {
        toast(`${connection.name} is deleted.`);
        void cache.invalidateQueries({ queryKey: gatewayKeys.connections });
        void cache.invalidateQueries({ queryKey: gatewayKeys.models });
        onClose();
      }}
    >
      <p>
        {count === 1 ? "Its model" : `Its ${count} models`} can no longer be called, and the stored key is
        erased. Calls that run now are finished; what was measured with it stays.
      </p>
    </ConfirmDialog>
  );
}
