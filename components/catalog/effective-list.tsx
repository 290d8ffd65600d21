"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { requestPath } from "@/components/access/paths";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { CatalogObject } from "@/lib/catalog";
import { effectiveByObjectQuery } from "@/lib/catalog/client";
import { EffectiveTable } from "./effective-table";
import { matchesPrincipal } from "./matches-principal";
import { peopleCount } from "./words";

interface EffectiveListProps {
  object: CatalogObject;
  admin: boolean;
  q: string;
  onSummary: (summary: string) => void;
}

/** Who may really do what with an object, through which group and from where; a hundred at a time. */
export function EffectiveList({ object, admin, q, onSummary }: EffectiveListProps) {
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const page = useQuery(effectiveByObjectQuery(object.id, cursors.at(-1)));
  const count = page.data?.entries.length;
  const summary =
    count === undefined ? "" : `${peopleCount(count)} or programs${page.data?.next ? ", more follow" : ""}`;
  useEffect(() => onSummary(summary), [summary, onSummary]);
  if (page.isPending) return <RowsSkeleton rows={6} />;
  if (page.isError) {
    return (
      <ErrorState
        title="Effective rights could not be read"
        error={page.error}
        onRetry={() => void page.refetch()}
      />
    );
  }
  const { entries, next } = page.data;
  if (entries.length === 0) {
    return (
      <EmptyState
        kind="people"
        title={`Nobody may use ${object.name}`}
        action={<ButtonLink href={requestPath(object.fullName, object.kind)}>Request access</ButtonLink>}
      >
        A grant counts only with USE CATALOG and USE SCHEMA above it.
      </EmptyState>
    );
  }
  const shown = entries.filter(({ principal }) => matchesPrincipal(principal, q));
  return (
    <>
      {shown.length === 0 ? (
        <p role="status" className="px-4 py-6 text-small text-fg-muted">
          Nobody matches.
        </p>
      ) : (
        <EffectiveTable object={object} entries={shown} admin={admin} />
      )}
      {(next !== null || cursors.length > 1) && (
        <p className="flex gap-2 px-4 py-3">
          {cursors.length > 1 && (
            <Button size="sm" icon="chevron-left" onClick={() => setCursors(cursors.slice(0, -1))}>
              Before
            </Button>
          )}
          {next !== null && (
            <Button size="sm" iconAfter="chevron-right" onClick={() => setCursors([...cursors, next])}>
              After
            </Button>
          )}
        </p>
      )}
    </>
  );
}
