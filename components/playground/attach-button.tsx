"use client";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { type Attachment, bounds } from "@/lib/playground";
import { useAttach } from "./use-attach";

interface AttachButtonProps {
  onAdd: (attachments: Attachment[]) => void;
  /** Attached already. */
  count?: number;
}

/** Picks files to go along with a message. */
export function AttachButton({ onAdd, count = 0 }: AttachButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const { add, busy } = useAttach(count, onAdd);
  return (
    <>
      <Button
        variant="ghost"
        size="sm"
        icon="document"
        busy={busy}
        disabledReason={
          count >= bounds.attachments
            ? `${bounds.attachments} files at most go along with a message.`
            : undefined
        }
        onClick={() => input.current?.click()}
      >
        {busy ? "Reading" : "Attach"}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to attach"
        onChange={({ currentTarget }) => {
          void add(Array.from(currentTarget.files ?? []));
          // The same file can be picked again after it was removed.
          currentTarget.value = "";
        }}
      />
    </>
  );
}
