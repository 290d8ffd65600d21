"use client";
import dynamic from "next/dynamic";
import type { PromptDetail } from "@/lib/prompts";
import type { PromptDialogState } from "./use-prompt-dialog";
import type { Side } from "./use-prompt-view";

const CodeDialog = dynamic(() => import("./code/code-dialog").then((it) => it.CodeDialog));
const MoveAliasDialog = dynamic(() => import("./aliases/move-alias-dialog").then((it) => it.MoveAliasDialog));
const NewAliasDialog = dynamic(() => import("./aliases/new-alias-dialog").then((it) => it.NewAliasDialog));
const ProtectAliasDialog = dynamic(() =>
  import("./aliases/protect-alias-dialog").then((it) => it.ProtectAliasDialog),
);
const RemoveAliasDialog = dynamic(() =>
  import("./aliases/remove-alias-dialog").then((it) => it.RemoveAliasDialog),
);

interface PromptDialogsProps {
  prompt: PromptDetail;
  /** The version in sight. */
  version: Side;
  dialogs: PromptDialogState;
}

/** Whichever dialog is open over a prompt's page; its code is fetched when it is. */
export function PromptDialogs({ prompt, version, dialogs }: PromptDialogsProps) {
  const { dialog, close } = dialogs;
  if (!dialog) return null;
  const shared = { prompt, onClose: close };
  const shown = version === "draft" ? prompt.lastNumber : version;
  switch (dialog.kind) {
    case "code":
      return <CodeDialog {...shared} version={shown} />;
    case "new-alias":
      return <NewAliasDialog {...shared} version={shown} />;
    case "move-alias":
      return <MoveAliasDialog {...shared} alias={dialog.alias} version={dialog.version} />;
    case "remove-alias":
      return <RemoveAliasDialog {...shared} alias={dialog.alias} />;
    case "protect-alias":
      return <ProtectAliasDialog {...shared} alias={dialog.alias} />;
  }
}
