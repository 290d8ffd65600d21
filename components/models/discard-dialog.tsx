"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import { byteCount } from "@/lib/core";
import type { Download } from "@/lib/models";
import { discardDownload, modelKeys } from "@/lib/models/client";

/** What is lost when a download is given up. */
export function DiscardDialog({ download, onClose }: { download: Download; onClose: () => void }) {
  const cache = useQueryClient();
  const { name, repository, bytes } = download;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Discard the download of ${name}?`}
      subtitle={repository}
      verb="Discard download"
      danger
      consequence="Pausing it instead keeps what is there."
      act={() => discardDownload(name)}
      onDone={() => {
        toast(`The download of ${name} is discarded.`);
        void cache.invalidateQueries({ queryKey: modelKeys.downloads });
        void cache.invalidateQueries({ queryKey: modelKeys.local });
        onClose();
      }}
    >
      <p>The {byteCount(bytes)} that were fetched are erased.</p>
    </ConfirmDialog>
  );
}
