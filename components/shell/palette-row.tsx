"use client";
import { Command } from "cmdk";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";
import { KindIcon } from "@/components/ui/kind-icon";
import { Marked } from "@/components/ui/marked";
import type { PaletteEntry } from "./palette-entries";

interface PaletteRowProps {
  entry: PaletteEntry;
  query: string;
  onChoose: (entry: PaletteEntry) => void;
}

/** One thing to open or do, with its key at the right. */
export function PaletteRow({ entry, query, onChoose }: PaletteRowProps) {
  return (
    <Command.Item
      value={entry.id}
      onSelect={() => onChoose(entry)}
      className="group/item flex h-8.5 cursor-pointer items-center gap-2.5 rounded-2 px-2.5 data-[selected=true]:bg-accent-bg pointer-coarse:h-11"
    >
      {entry.kind ? <KindIcon kind={entry.kind} /> : <Icon name={entry.icon} className="text-fg-muted" />}
      <span className="min-w-0 truncate">
        {entry.within && <span className="text-fg-subtle">{entry.within}.</span>}
        <Marked text={entry.label} query={query} />
      </span>
      {entry.detail && <span className="truncate text-small text-fg-subtle">{entry.detail}</span>}
      <span className="ml-auto flex flex-none items-center gap-2">
        {entry.locked && (
          <span className="flex items-center gap-1 text-micro text-fg-subtle">
            <Icon name="lock" size={12} /> by name only
          </span>
        )}
        {entry.kbd ? (
          <Kbd keys={entry.kbd} />
        ) : (
          <Kbd keys="↵" className="opacity-0 group-data-[selected=true]/item:opacity-100" />
        )}
      </span>
    </Command.Item>
  );
}
