"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { requestPath } from "@/components/access/paths";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { CatalogObject } from "@/lib/catalog";
import { grantsQuery } from "@/lib/catalog/client";
import { grantRows } from "./grant-rows";
import { GrantsTable } from "./grants-table";
import { matchesPrincipal } from "./matches-principal";
import { UseNote } from "./use-note";
import type { ObjectDialog } from "./use-object-dialog";

interface GrantListProps {
  object: CatalogObject;
  admin: boolean;
  q: string;
  isInheritedShown: boolean;
  /** "3 direct, 4 inherited", shown above. */
  onSummary: (summary: string) => void;
  open: (dialog: ObjectDialog) => void;
}

/** Grants on an object and those it inherits. */
export function GrantList({ object, admin, q, isInheritedShown, onSummary, open }: GrantListProps) {
  const grants = useQuery(grantsQuery(object.id));
  const rows = grantRows(grants.data?.entries ?? []);
  const inherited = rows.filter(({ isInherited }) => isInherited).length;
  const summary = grants.data ? `${rows.length - inherited} direct, ${inherited} inherited` : "";
  useEffect(() => onSummary(summary), [summary, onSummary]);
  if (grants.isPending) return <RowsSkeleton rows={6} />;
  if (grants.isError) {
    return (
      <ErrorState
        title="Who was granted what could not be read"
        error={grants.error}
        onRetry={() => void grants.refetch()}
      />
    );
  }
  const shown = rows.filter(
    (row) => (isInheritedShown || !row.isInherited) && matchesPrincipal(row.principal, q),
  );
  const isMine = grants.data.isWhole ? "" : " Only grants that concern you are shown.";
  if (rows.length === 0) {
    return (
      <EmptyState
        kind="people"
        title={`Nothing is granted on ${object.name}`}
        action={
          object.may.grant ? (
            <Button variant="primary" icon="plus" onClick={() => open({ kind: "grant", objects: [object] })}>
              Grant
            </Button>
          ) : (
            <ButtonLink href={requestPath(object.fullName, object.kind)}>Request access</ButtonLink>
          )
        }
      >
        {`${object.owner.name} owns it and may do everything with it.${isMine}`}
      </EmptyState>
    );
  }
  return (
    <>
      {shown.length === 0 ? (
        <p role="status" className="px-4 py-6 text-small text-fg-muted">
          No grant matches.
        </p>
      ) : (
        <GrantsTable
          object={object}
          rows={shown}
          admin={admin}
          onRevoke={
            object.may.grant
              ? ({ principal, privileges }) => open({ kind: "revoke", principal, privileges })
              : undefined
          }
        />
      )}
      <p className="px-4 py-3 text-small text-fg-muted">
        Inherited grants are changed at their source. <UseNote object={object} />
        {isMine}
      </p>
    </>
  );
}
