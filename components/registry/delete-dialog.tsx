"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toaster";
import { type AppError, byteCount, isAppError } from "@/lib/core";
import type { ModelAlias, ModelVersion, RegisteredModel } from "@/lib/registry";
import {
  deleteRegisteredModel,
  deleteVersion,
  dependentsQuery,
  refreshRegistry,
} from "@/lib/registry/client";
import { DeletionEffect } from "./deletion-effect";

interface DeleteDialogProps {
  model: RegisteredModel;
  /** Absent: the model with all its versions. */
  version?: ModelVersion;
  onMove: (alias: ModelAlias) => void;
  onDeleted: () => void;
  onClose: () => void;
}

/** Whether the deletion was made and files alone are left of it. */
const areFilesLeft = (error: unknown): error is AppError =>
  isAppError(error) && error.details?.some(({ path }) => path === "files") === true;

/** What goes with a version or a model, shown before anybody can delete it. */
export function DeleteDialog({ model, version, onMove, onDeleted, onClose }: DeleteDialogProps) {
  const cache = useQueryClient();
  const found = useQuery(dependentsQuery(model.id, version?.number));
  const [isFilesToo, setFilesToo] = useState(false);
  const what = version ? `v${version.number}` : model.name;
  const { data } = found;
  const deletion = data?.files.deletion ?? "none";
  const files = deletion === "must" || (deletion === "may" && isFilesToo);
  const act = async () => {
    try {
      await (version
        ? deleteVersion(model.id, version.number, { files })
        : deleteRegisteredModel(model.id, { files }));
      toast(`${what} is deleted.`);
    } catch (error) {
      if (!areFilesLeft(error)) throw error;
      toast({ tone: "danger", message: error.message });
    }
  };
  const pointing = model.aliases.filter(({ alias }) => data?.aliases.some((one) => one.alias === alias));
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={version ? `Delete ${what}?` : `Delete ${what} and its versions?`}
      subtitle={version && model.name}
      verb={version ? "Delete version" : "Delete model"}
      danger
      disabledReason={found.isPending ? "What hangs on it is being read." : (data?.refusal ?? undefined)}
      consequence="This cannot be undone."
      act={act}
      onDone={() => {
        onDeleted();
        void refreshRegistry(cache);
        onClose();
      }}
    >
      {found.isPending ? (
        <RowsSkeleton rows={3} />
      ) : found.isError ? (
        <ErrorState
          title="What hangs on it could not be read"
          error={found.error}
          onRetry={() => void found.refetch()}
        />
      ) : (
        <DeletionEffect
          dependents={found.data}
          name={model.name}
          number={version?.number}
          help={
            version &&
            model.versions.length > 1 &&
            pointing.length > 0 && (
              <span className="mt-2 flex flex-wrap gap-2">
                {pointing.map((alias) => (
                  <Button key={alias.alias} size="sm" icon="pin" onClick={() => onMove(alias)}>
                    Move {alias.alias}
                  </Button>
                ))}
              </span>
            )
          }
        >
          {found.data.refusal === null && deletion === "may" && (
            <Switch checked={isFilesToo} onChange={setFilesToo}>
              Delete its files too, {byteCount(found.data.files.bytes)}
            </Switch>
          )}
        </DeletionEffect>
      )}
    </ConfirmDialog>
  );
}
