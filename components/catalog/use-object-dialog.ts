"use client";
import { useState } from "react";
import type { AttributePolicy, GrantEntry, ObjectRef, PrincipalRef } from "@/lib/catalog";

/** What is being done to an object. */
export type ObjectDialog =
  | { kind: "edit" | "rename" | "move" | "owner" | "drop" }
  | { kind: "create"; what: "catalog" | "schema" }
  | { kind: "grant"; objects: readonly ObjectRef[] }
  /** Of the object, or of one of its columns. */
  | { kind: "tags"; column?: string }
  | { kind: "policy"; policy?: AttributePolicy }
  | { kind: "delete policy"; policy: AttributePolicy }
  | { kind: "revoke"; principal: PrincipalRef; privileges: readonly GrantEntry["privilege"][] };

export interface ObjectDialogState {
  dialog: ObjectDialog | undefined;
  open: (dialog: ObjectDialog) => void;
  close: () => void;
}

/** The one dialog over an object's page. */
export function useObjectDialog(): ObjectDialogState {
  const [dialog, open] = useState<ObjectDialog>();
  return { dialog, open, close: () => open(undefined) };
}
