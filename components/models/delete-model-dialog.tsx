"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import { byteCount } from "@/lib/core";
import { gatewayKeys } from "@/lib/gateway/client";
import type { LocalModel } from "@/lib/models";
import { deleteModel, modelKeys } from "@/lib/models/client";

/** What can no longer be called when a model's files go. */
export function DeleteModelDialog({ model, onClose }: { model: LocalModel; onClose: () => void }) {
  const cache = useQueryClient();
  const { name, bytes, origin, source } = model;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Delete ${name}?`}
      subtitle={source ? `${source.repository}@${source.revision}` : undefined}
      verb="Delete model"
      danger
      consequence={
        origin === "imported"
          ? "The folder it was imported from stays as it is."
          : "It can be downloaded again."
      }
      act={() => deleteModel(name)}
      onDone={() => {
        toast(`${name} is deleted.`);
        for (const queryKey of [modelKeys.local, modelKeys.downloads, gatewayKeys.models])
          void cache.invalidateQueries({ queryKey });
        onClose();
      }}
    >
      <p>
        Its files are erased, {byteCount(bytes)} are free again, and the next call of it is answered 404. What
        was measured with it stays.
      </p>
    </ConfirmDialog>
  );
}
