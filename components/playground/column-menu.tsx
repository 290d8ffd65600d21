"use client";
import { useStore } from "zustand";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import type { PlaygroundColumn } from "@/lib/playground";
import { applyToAll, duplicateColumn, mostColumns, removeColumn } from "@/lib/playground/client";
import { modelPath } from "@/lib/registry/client";
import type { Session } from "./session";

interface ColumnMenuProps {
  session: Session;
  column: PlaygroundColumn;
  letter: string;
}

/** What can be done with one column. */
export function ColumnMenu({ session, column, letter }: ColumnMenuProps) {
  const { workspace, runner, view } = session;
  const { columns, running } = useStore(workspace.store);
  const baseline = useStore(view, (state) => state.baseline) ?? columns[0]?.id;
  const isRunning = running.includes(column.id);
  const setsOwn =
    Object.keys(column.parameters).length > 0 || column.system !== undefined || column.prompt !== undefined;
  const others = columns.filter(({ id }) => id !== column.id).map(({ id }) => id);
  const items: MenuItem[] = [
    isRunning
      ? { label: `Stop ${letter}`, icon: "stop", onSelect: () => runner.stop(column.id) }
      : { label: `Run ${letter} alone`, icon: "play", onSelect: () => void runner.runOne(column.id) },
    {
      label: `Compare the others with ${letter}`,
      icon: "pin",
      checked: baseline === column.id,
      onSelect: () => view.setState({ baseline: column.id, diffs: others }),
      disabledReason: columns.length < 2 ? "there is no other" : undefined,
    },
    { label: "Card and licence", icon: "document", href: modelPath(column.model), separated: true },
    {
      label: "Parameters and system prompt",
      icon: "sliders",
      onSelect: () => view.setState({ rail: "parameters", segment: column.id }),
    },
    {
      label: column.prompt ? `Choose another prompt for ${letter}` : `Give ${letter} a prompt of its own`,
      icon: "prompt",
      detail: column.prompt && `v${column.prompt.version}`,
      onSelect: () => view.setState({ dialog: "prompt", promptShown: column.id, promptBeside: false }),
    },
    {
      label: `Apply ${letter}’s settings to all`,
      icon: "check",
      onSelect: () => applyToAll(workspace, column.id),
      disabledReason: setsOwn ? undefined : "it sets nothing itself",
    },
    {
      label: "Add a column like this",
      icon: "plus",
      onSelect: () => duplicateColumn(workspace, column.id),
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
