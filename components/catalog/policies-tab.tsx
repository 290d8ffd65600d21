"use client";
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { CatalogObject } from "@/lib/catalog";
import { policiesQuery } from "@/lib/catalog/client";
import { PoliciesTable } from "./policies-table";
import { TableReading } from "./table-reading";
import type { ObjectDialog } from "./use-object-dialog";

interface PoliciesTabProps {
  object: CatalogObject;
  admin: boolean;
  open: (dialog: ObjectDialog) => void;
}

/** Row filters and column masks on an object, and what they make of it for a reader. */
export function PoliciesTab({ object, admin, open }: PoliciesTabProps) {
  const isRead = object.kind === "table" || object.kind === "view";
  return (
    <>
      {object.may.manage && object.kind !== "view" && <Policies object={object} admin={admin} open={open} />}
      {isRead && <TableReading object={object} />}
    </>
  );
}

function Policies({ object, admin, open }: PoliciesTabProps) {
  const policies = useQuery(policiesQuery(object.id));
  const make = () => open({ kind: "policy" });
  if (policies.isPending) return <RowsSkeleton rows={4} />;
  if (policies.isError) {
    return (
      <ErrorState
        title="The policies could not be read"
        error={policies.error}
        onRetry={() => void policies.refetch()}
      />
    );
  }
  const { entries } = policies.data;
  if (entries.length === 0) {
    return (
      <EmptyState
        kind="catalog"
        title={`No policy holds on ${object.name}`}
        action={
          <Button variant="primary" icon="plus" onClick={make}>
            New policy
          </Button>
        }
      >
        A policy filters rows or masks columns by their tags, for whom you say, on this{" "}
        {object.kind === "table" ? "table" : `${object.kind} and every table in it`}.
      </EmptyState>
    );
  }
  const inherited = entries.filter(({ isInherited }) => isInherited).length;
  return (
    <>
      <div className="flex min-h-12 flex-wrap items-center gap-2 border-b px-4 py-1.5">
        <span role="status" className="text-small text-fg-muted">
          {entries.length - inherited} here, {inherited} inherited
        </span>
        <Button size="sm" icon="plus" className="ml-auto" onClick={make}>
          New policy
        </Button>
      </div>
      <PoliciesTable object={object} policies={entries} admin={admin} open={open} />
    </>
  );
}
