"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { RegisteredSummary } from "@/lib/registry";
import { RegistryTable } from "./registry-table";

interface RegistryListProps {
  list: UseQueryResult<{ models: RegisteredSummary[]; total: number }>;
  isNarrowed: boolean;
  onClear: () => void;
}

/** The models that match, or why there are none. */
export function RegistryList({ list, isNarrowed, onClear }: RegistryListProps) {
  if (list.isPending) return <RowsSkeleton rows={6} />;
  if (list.isError) {
    return (
      <ErrorState
        title="The registry could not be read"
        error={list.error}
        onRetry={() => void list.refetch()}
      />
    );
  }
  if (list.data.models.length > 0) return <RegistryTable models={list.data.models} />;
  return isNarrowed ? (
    <EmptyState
      kind="model"
      title="No model matches"
      action={<Button onClick={onClear}>Show all models</Button>}
    >
      Change the filter to see others.
    </EmptyState>
  ) : (
    <EmptyState
      kind="model"
      title="No models are registered"
      action={<ButtonLink href="/models">Open models</ButtonLink>}
    >
      A model is registered as soon as it can be called: built in, downloaded, imported or over a connection.
    </EmptyState>
  );
}
