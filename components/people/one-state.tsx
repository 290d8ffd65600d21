"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { isAppError } from "@/lib/core";

interface OneStateProps<T> {
  query: UseQueryResult<T>;
  /** "group" */
  noun: string;
  /** The list it would stand in. */
  back: string;
  backLabel: string;
  children: (data: T) => ReactNode;
}

/** A page about one thing: on its way, gone, failed or there. */
export function OneState<T>({ query, noun, back, backLabel, children }: OneStateProps<T>) {
  if (query.isPending) return <RowsSkeleton rows={8} />;
  if (!query.isError) return children(query.data);
  return isAppError(query.error) && query.error.code === "not_found" ? (
    <EmptyState
      kind="people"
      title={`There is no such ${noun}`}
      action={<ButtonLink href={back}>{backLabel}</ButtonLink>}
    >
      It may have been deleted.
    </EmptyState>
  ) : (
    <ErrorState
      title={`The ${noun} could not be read`}
      error={query.error}
      onRetry={() => void query.refetch()}
    />
  );
}
