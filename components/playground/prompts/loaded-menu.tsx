"use client";
import { useStore } from "zustand";
import { promptPath } from "@/components/prompts/paths";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toaster";
import type { LoadedPrompt } from "@/lib/playground";
import {
  isEdited,
  mostColumns,
  type PromptTarget,
  resetPrompt,
  setLoadedPrompt,
  takeApart,
} from "@/lib/playground/client";
import type { Session } from "../session";

interface LoadedMenuProps {
  session: Session;
  target: PromptTarget;
  prompt: LoadedPrompt;
}

/** What can be done with a loaded prompt. */
export function LoadedMenu({ session, target, prompt }: LoadedMenuProps) {
  const { workspace, view } = session;
  const isFull = useStore(workspace.store, (state) => state.columns.length >= mostColumns);
  const edited = isEdited(prompt);
  const open = (dialog: "prompt" | "save-prompt" | "save-version", promptBeside = false) =>
    view.setState({ dialog, promptShown: target, promptBeside });
  const undone = (message: string, act: () => void) => {
    act();
    toast({
      message,
      action: { label: "Undo", onAction: () => setLoadedPrompt(workspace, target, prompt) },
    });
  };
  const items: MenuItem[] = [
    { label: "Choose another version or prompt", icon: "prompt", onSelect: () => open("prompt") },
    {
      label: "Compare with another version",
      icon: "plus",
      detail: "in a new column",
      onSelect: () => open("prompt", true),
      disabledReason: isFull ? `${mostColumns} columns at most` : undefined,
    },
    {
      label: "Save as version",
      icon: "bookmark",
      separated: true,
      onSelect: () => open("save-version"),
    },
    { label: "Save as new prompt", icon: "copy", onSelect: () => open("save-prompt") },
    {
      label: "Open its page",
      icon: "arrow-right",
      href: promptPath(prompt.name, { version: prompt.version }),
    },
    {
      label: `Back to v${prompt.version} as it is`,
      icon: "again",
      separated: true,
      onSelect: () => undone("Took the changes back", () => resetPrompt(workspace, target)),
      disabledReason: edited ? undefined : "it was not changed",
    },
    ...(target === "all"
      ? [
          {
            label: "Keep its text, without the prompt",
            icon: "pencil" as const,
            onSelect: () => {
              const { system, messages, parameters, variables } = workspace.store.getState();
              takeApart(workspace);
              toast({
                message: "The text stands here now, without its prompt",
                action: {
                  label: "Undo",
                  onAction: () =>
                    workspace.store.setState((state) => ({
                      ...{ prompt, system, messages, parameters, variables },
                      revision: state.revision + 1,
                    })),
                },
              });
            },
          },
        ]
      : []),
    {
      label: "Take the prompt away",
      icon: "close",
      onSelect: () => undone(`Took ${prompt.name} away`, () => setLoadedPrompt(workspace, target, undefined)),
    },
  ];
  return (
    <Menu items={items} trigger={<IconButton icon="more" size="sm" label={`More for ${prompt.name}`} />} />
  );
}
