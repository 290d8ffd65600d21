"use client";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import { byteCount } from "@/lib/core";
import { type BrowserModel, loadBrowserStore } from "@/lib/inference/client";
import { browserDownloads } from "./browser-downloads";

/** What is free again when a model leaves this browser. */
export function DeleteCopyDialog({ model, onClose }: { model: BrowserModel; onClose: () => void }) {
  const { name, kept, outdated, total } = model;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Delete ${name} from this browser?`}
      verb="Delete copy"
      danger
      consequence={
        total === undefined
          ? "The server has it no more."
          : "The server's own stays, and it can be fetched again."
      }
      act={async () => (await loadBrowserStore()).removeFromBrowser(name)}
      onDone={() => {
        browserDownloads.forget(name);
        toast(`${name} is deleted from this browser.`);
        onClose();
      }}
    >
      <p>{byteCount(kept + outdated)} are free again here.</p>
    </ConfirmDialog>
  );
}
