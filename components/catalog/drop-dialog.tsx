"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { toast } from "@/components/ui/toaster";
import type { CatalogObject } from "@/lib/catalog";
import { dropObject, dropPreviewQuery, refreshCatalog, restoreObject } from "@/lib/catalog/client";
import { refreshRegistry } from "@/lib/registry/client";
import { DropEffect } from "./drop-effect";

interface DropDialogProps {
  object: CatalogObject;
  onClose: () => void;
  onDropped: () => void;
}

/** Drops an object after showing what goes with it; for a while it can be brought back. */
export function DropDialog({ object, onClose, onDropped }: DropDialogProps) {
  const { id, name, fullName } = object;
  const cache = useQueryClient();
  const [typed, setTyped] = useState("");
  const preview = useQuery({ ...dropPreviewQuery(id), gcTime: 0 });
  const inside = (preview.data?.contents ?? []).reduce((sum, { count }) => sum + count, 0);
  const refresh = () => Promise.all([refreshCatalog(cache), refreshRegistry(cache)]);
  const undo = () =>
    restoreObject(id).then(
      () => {
        toast(`${fullName} is back, with its grants.`);
        return refresh();
      },
      (error: unknown) =>
        toast({
          tone: "danger",
          message: `${name} is not back. ${error instanceof Error ? error.message : "The reason is unknown."}`,
        }),
    );
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Drop ${name}?`}
      subtitle={fullName}
      verb={`Drop ${name}`}
      danger
      disabledReason={
        !preview.data
          ? "What goes with it is being read"
          : inside > 0 && typed.trim() !== name
            ? `Type ${name} first`
            : undefined
      }
      consequence="Calls that name it are refused from the next one on."
      act={() => dropObject(id, inside > 0)}
      onDone={() => {
        toast({
          message: `${fullName} is dropped.`,
          action: { label: "Undo", onAction: () => void undo() },
        });
        void refresh();
        onClose();
        onDropped();
      }}
    >
      {preview.isPending ? (
        <RowsSkeleton rows={3} />
      ) : preview.isError ? (
        <ErrorState
          title="What goes with it could not be read"
          error={preview.error}
          onRetry={() => void preview.refetch()}
        />
      ) : (
        <DropEffect preview={preview.data} />
      )}
      {inside > 0 && (
        <Field label={`Type ${name} to drop it with everything in it`}>
          <Input mono value={typed} onChange={(event) => setTyped(event.target.value)} />
        </Field>
      )}
    </ConfirmDialog>
  );
}
