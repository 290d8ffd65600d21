"use client";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";

interface MessageMenuProps {
  /** Which message, as its field is called. */
  name: string;
  index: number;
  count: number;
  /** What can be done with it beside moving and removing it. */
  items: readonly MenuItem[];
  /** A line between those and its place. */
  separated?: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** What can be done with one message among others. */
export function MessageMenu({ name, index, count, items, separated, onMove, onRemove }: MessageMenuProps) {
  return (
    <Menu
      items={[
        ...items,
        {
          label: "Move up",
          icon: "chevron-up",
          separated,
          onSelect: () => onMove(-1),
          disabledReason: index === 0 ? "it is the first" : undefined,
        },
        {
          label: "Move down",
          icon: "chevron-down",
          onSelect: () => onMove(1),
          disabledReason: index === count - 1 ? "it is the last" : undefined,
        },
        {
          label: "Remove",
          icon: "trash",
          separated: true,
          onSelect: onRemove,
          disabledReason: count < 2 ? "the last one stays" : undefined,
        },
      ]}
      trigger={
        <IconButton
          icon="more"
          size="sm"
          label={`More for ${name}`}
          className="-mt-0.75 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
        />
      }
    />
  );
}
