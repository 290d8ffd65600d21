"use client";
import { useStore } from "zustand";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { useMedia } from "@/components/ui/use-media";
import { canSavePrompt, mostColumns, setBlind, setSameInput } from "@/lib/playground/client";
import { blindIsOff } from "./blind-is-off";
import type { Session } from "./session";
import { useHidden } from "./use-hidden";

interface ToolbarMenuProps {
  session: Session;
  onNew: () => void;
  onAdd: () => void;
  canSave: boolean;
  /** Something was run that is worth keeping. */
  worth: boolean;
}

/** What is done now and then, and the toolbar's other actions where there is no room for them. */
export function ToolbarMenu({ session, onNew, onAdd, canSave, worth }: ToolbarMenuProps) {
  const { workspace, saver, view } = session;
  const state = useStore(workspace.store);
  const { columns, save, sameInput, blind } = state;
  const layout = useStore(view, (shown) => shown.layout);
  const small = useMedia("(max-width: 39.99rem)");
  const narrow = useMedia("(max-width: 63.99rem)");
  const named = useHidden(session) ? "shows names: vote first" : undefined;
  const nothing = worth ? undefined : "nothing was run yet";
  const folded: MenuItem[] = [
    {
      label: "Add a column",
      icon: "plus",
      onSelect: onAdd,
      disabledReason: columns.length >= mostColumns ? `${mostColumns} at most` : undefined,
    },
    { label: "Same input", checked: sameInput, onSelect: () => setSameInput(workspace, !sameInput) },
    {
      label: "Blind",
      checked: blind !== null,
      onSelect: () => setBlind(workspace, blind === null),
      disabledReason: blind === null ? blindIsOff(columns.length, sameInput, layout) : undefined,
    },
    { label: "Code", icon: "code", onSelect: () => view.setState({ dialog: "code" }), disabledReason: named },
  ];
  const smallest: MenuItem[] = [
    {
      label: layout === "chat" ? "Show the grid" : "Show the chat",
      icon: layout === "chat" ? "table" : "chat",
      onSelect: () => {
        setBlind(workspace, false);
        view.setState({ layout: layout === "chat" ? "grid" : "chat" });
      },
    },
    {
      label: "Save",
      icon: "bookmark",
      onSelect: () => void saver.saveNow(),
      disabledReason: nothing ?? (canSave ? undefined : save.kind === "saved" ? "saved" : save.kind),
    },
    { label: "History", icon: "history", onSelect: () => view.setState({ rail: "history" }) },
    { label: "Parameters", icon: "sliders", onSelect: () => view.setState({ rail: "parameters" }) },
  ];
  const items: MenuItem[] = [
    { label: "New comparison", icon: "chat", onSelect: onNew },
    ...(narrow ? folded : []),
    ...(small ? smallest : []),
    {
      label: "Load a prompt",
      icon: "prompt",
      separated: true,
      onSelect: () => view.setState({ dialog: "prompt", promptShown: "all", promptBeside: false }),
      disabledReason: named,
    },
    {
      label: "Save as prompt",
      icon: "bookmark",
      onSelect: () => view.setState({ dialog: "save-prompt", promptShown: "all" }),
      disabledReason:
        state.prompt === undefined && !canSavePrompt(state) ? "nothing was written yet" : undefined,
    },
    {
      label: "Share a snapshot",
      icon: "share",
      separated: true,
      onSelect: () => view.setState({ dialog: "share" }),
      disabledReason: nothing ?? named,
    },
    {
      label: "Export",
      icon: "download",
      onSelect: () => view.setState({ dialog: "export" }),
      disabledReason: nothing ?? named,
    },
    { label: "Import conversations", icon: "document", onSelect: () => view.setState({ dialog: "import" }) },
    { label: "Leaderboard", icon: "evaluation", separated: true, href: "/playground/leaderboard" },
  ];
  return (
    <span className={state.running.length > 0 ? "flex" : "flex max-sm:ml-auto"}>
      <Menu trigger={<IconButton icon="more" label="More" />} items={items} />
    </span>
  );
}
