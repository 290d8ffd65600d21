"use client";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { Button } from "./button";
import { cx } from "./cx";

interface DropZoneProps {
  /** What the files are, for whoever cannot see the zone. */
  label: string;
  /** Endings and types that are offered when files are chosen. */
  accept: string;
  /** Several at once; without it only the first one of those dropped counts. */
  multiple?: boolean;
  busy: boolean;
  onFiles: (files: readonly [File, ...File[]]) => void;
  className: string;
  /** What can be read. */
  children: ReactNode;
}

/** Takes files that are dropped or chosen. */
export function DropZone({ label, accept, multiple, busy, onFiles, className, children }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (list: FileList | null) => {
    const [first, ...rest] = list ?? [];
    if (first) onFiles(multiple ? [first, ...rest] : [first]);
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
        "grid justify-items-center gap-1.5 rounded-2 border border-dashed border-line-strong px-4 text-center",
        over && "bg-accent-bg",
        className,
      )}
    >
      <p className="flex items-center gap-2">
        <b>{multiple ? "Drop files, or" : "Drop a file, or"}</b>
        <Button size="sm" icon="document" busy={busy} onClick={() => input.current?.click()}>
          {multiple ? "Choose some" : "Choose one"}
        </Button>
      </p>
      <input
        ref={input}
        type="file"
        hidden
        multiple={multiple}
        aria-label={label}
        accept={accept}
        disabled={busy}
        onChange={(event) => {
          take(event.target.files);
          // The same file may be chosen again after it was changed.
          event.target.value = "";
        }}
      />
      <p className="text-small text-fg-muted">{children}</p>
    </div>
  );
}
