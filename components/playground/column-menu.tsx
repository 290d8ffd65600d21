"use client";
import { useStore } from "zustand";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import type { PlaygroundColumn } from "@/lib/playground";
import { addColumn, mostColumns, removeColumn } from "@/lib/playground/client";
import type { Session } from "./session";

interface ColumnMenuProps {
  session: Session;
  column: PlaygroundColumn;
  letter: string;
}

/** What can be done with one column. */
export function ColumnMenu({ session, column, letter }: ColumnMenuProps) {
  const { workspace, runner } = session;
  const { columns, running } = useStore(workspace.store);
  const isRunning = running.includes(column.id);
  const items: MenuItem[] = [
    isRunning
      ? { label: `Stop ${letter}`, icon: "stop", onSelect: () => runner.stop(column.id) }
      : { label: `Run ${letter} alone`, icon: "play", onSelect: () => void runner.runOne(column.id) },
    {
      label: "Add a column like this",
      icon: "plus",
      onSelect: () => addColumn(workspace, column),
      disabledReason: columns.length >= mostColumns ? `${mostColumns} at most` : undefined,
    },
    {
      label: `Remove ${letter}`,
      icon: "close",
      separated: true,
      onSelect: () => {
        runner.stop(column.id);
        removeColumn(workspace, column.id);
      },
      disabledReason: columns.length < 2 ? "the last one stays" : undefined,
    },
  ];
  return (
    <Menu items={items} trigger={<IconButton icon="more" label={`More for column ${letter}`} size="sm" />} />
  );
}
