"use client";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";

interface ImportSourceProps {
  busy: boolean;
  onFiles: (files: readonly File[]) => void;
}

/** Where prompts come from: files that are dropped or chosen. */
export function ImportSource({ busy, onFiles }: ImportSourceProps) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (list: FileList | null) => {
    if (list && list.length > 0) onFiles([...list]);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a target for the mouse; the button in it does the same.
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx(
        "grid justify-items-center gap-1.5 rounded-2 border border-dashed border-line-strong px-4 py-8 text-center",
        over && "bg-accent-bg",
      )}
    >
      <p className="flex items-center gap-2">
        <b>Drop files, or</b>
        <Button size="sm" icon="document" busy={busy} onClick={() => input.current?.click()}>
          Choose some
        </Button>
      </p>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label="Files of prompts"
        accept=".zip,.md,.markdown,.yaml,.yml"
        disabled={busy}
        onChange={(event) => {
          take(event.target.files);
          // The same file may be chosen again after it was changed.
          event.target.value = "";
        }}
      />
      <p className="text-small text-fg-muted">
        Markdown with front matter or YAML, as an export writes them, or a .zip of such files.
      </p>
    </div>
  );
}
