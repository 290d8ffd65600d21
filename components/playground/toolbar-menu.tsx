"use client";
import { useStore } from "zustand";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { mostColumns } from "@/lib/playground/client";
import type { Session } from "./session";

interface ToolbarMenuProps {
  session: Session;
  onNew: () => void;
  onAdd: () => void;
  canSave: boolean;
}

/** The toolbar's actions where there is no room for them. */
export function ToolbarMenu({ session, onNew, onAdd, canSave }: ToolbarMenuProps) {
  const { columns, turns, save } = useStore(session.workspace.store);
  const saved = save.kind === "saved" ? "saved" : save.kind;
  return (
    <span className="ml-auto flex sm:hidden">
      <Menu
        trigger={<IconButton icon="more" label="More" />}
        items={[
          { label: "New comparison", icon: "chat", onSelect: onNew },
          {
            label: "Add a column",
            icon: "plus",
            onSelect: onAdd,
            disabledReason: columns.length >= mostColumns ? `${mostColumns} at most` : undefined,
          },
          {
            label: "Save",
            icon: "bookmark",
            onSelect: () => void session.saver.saveNow(),
            disabledReason: turns.length === 0 ? "nothing was run yet" : canSave ? undefined : saved,
          },
          { label: "History", icon: "history", onSelect: () => session.view.setState({ rail: "history" }) },
          {
            label: "Parameters",
            icon: "sliders",
            onSelect: () => session.view.setState({ rail: "parameters" }),
          },
        ]}
      />
    </span>
  );
}
