"use client";
import { useState } from "react";
import type { ModelAlias } from "@/lib/registry";

/** What is being done to a model. */
export type ModelDialog =
  | {
      kind: "edit" | "deprecate-model" | "delete-model" | "add-version" | "import-version";
      version?: undefined;
    }
  | { kind: "move-alias"; alias?: ModelAlias; version?: number }
  | { kind: "remove-alias"; alias: ModelAlias }
  | { kind: VersionDialog; version: number };

type VersionDialog =
  | "version-tags"
  | "deprecate-version"
  | "delete-version"
  | "record-metric"
  | "request"
  | "decide"
  | "license";

export interface ModelDialogState {
  dialog: ModelDialog | undefined;
  open: (dialog: ModelDialog) => void;
  close: () => void;
}

/** The one dialog over a model's page. */
export function useModelDialog(): ModelDialogState {
  const [dialog, open] = useState<ModelDialog>();
  return { dialog, open, close: () => open(undefined) };
}
