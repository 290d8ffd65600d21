"use client";
import { useState } from "react";

/** What is being done to a prompt. */
export type PromptDialog =
  | { kind: "code" | "new-alias" }
  | { kind: "move-alias"; alias: string; version: number }
  | { kind: "remove-alias" | "protect-alias"; alias: string };

export interface PromptDialogState {
  dialog: PromptDialog | undefined;
  open: (dialog: PromptDialog) => void;
  close: () => void;
}

/** The one dialog over a prompt's page. */
export function usePromptDialog(): PromptDialogState {
  const [dialog, open] = useState<PromptDialog>();
  return { dialog, open, close: () => open(undefined) };
}
