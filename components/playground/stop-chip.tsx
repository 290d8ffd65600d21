"use client";
import { IconButton } from "@/components/ui/icon-button";

const shown = (text: string) => text.replaceAll("\n", "\\n").replaceAll("\t", "\\t");

/** One text at which an answer ends, written as it is typed. */
export function StopChip({ text, onRemove }: { text: string; onRemove: () => void }) {
  return (
    <span className="flex h-5.5 min-w-0 items-center rounded-1 pl-1.5 font-mono text-small inset-ring inset-ring-line-strong">
      <span className="min-w-0 flex-1 truncate whitespace-pre">{shown(text)}</span>
      <IconButton
        icon="close"
        size="sm"
        label={`Remove the stop ${shown(text)}`}
        onClick={onRemove}
        className="size-5!"
      />
    </span>
  );
}
