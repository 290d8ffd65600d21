"use client";
import { useQuery } from "@tanstack/react-query";
import { Crumb } from "@/components/shell/crumb";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { isAppError } from "@/lib/core";
import { registeredModelQuery } from "@/lib/registry/client";
import { ModelView } from "./model-view";
import { useOwnAddress } from "./use-own-address";
import type { Viewer } from "./viewer";

/** One registered model, by its name. */
export function ModelPage({ name, me }: { name: string; me: Viewer }) {
  const model = useQuery(registeredModelQuery(name));
  const isMoving = useOwnAddress(name, model.data);
  return (
    <>
      <Crumb label={name} />
      {model.isPending || isMoving ? (
        <RowsSkeleton rows={8} />
      ) : model.isError ? (
        isAppError(model.error) && model.error.code === "not_found" ? (
          <EmptyState
            kind="model"
            title={`No model is called ${name}`}
            action={<ButtonLink href="/registry">Open the registry</ButtonLink>}
          >
            It may have another name, or nothing that can be called has it yet.
          </EmptyState>
        ) : (
          <ErrorState
            title={`${name} could not be read`}
            error={model.error}
            onRetry={() => void model.refetch()}
          />
        )
      ) : (
        <ModelView model={model.data} me={me} />
      )}
    </>
  );
}
