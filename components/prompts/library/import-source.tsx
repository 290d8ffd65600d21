"use client";
import { DropZone } from "@/components/ui/drop-zone";

interface ImportSourceProps {
  busy: boolean;
  onFiles: (files: readonly File[]) => void;
}

/** Where prompts come from: files that are dropped or chosen. */
export function ImportSource({ busy, onFiles }: ImportSourceProps) {
  return (
    <DropZone
      label="Files of prompts"
      accept=".zip,.md,.markdown,.yaml,.yml"
      multiple
      busy={busy}
      onFiles={onFiles}
      className="py-8"
    >
      Markdown with front matter or YAML, as an export writes them, or a .zip of such files.
    </DropZone>
  );
}
