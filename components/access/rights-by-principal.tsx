"use client";
import { useQuery } from "@tanstack/react-query";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { effectiveByPrincipalQuery } from "@/lib/catalog/client";
import { RightsTable } from "./rights-table";

interface RightsByPrincipalProps {
  handle: string;
  name: string;
  cursor: string | undefined;
  onCursor: (cursor: string | undefined) => void;
}

/** Object by object what one principal may do. */
export function RightsByPrincipal({ handle, name, cursor, onCursor }: RightsByPrincipalProps) {
  const rights = useQuery(effectiveByPrincipalQuery(handle, cursor));
  if (rights.isPending) return <RowsSkeleton rows={8} />;
  if (rights.isError) {
    return (
      <ErrorState
        title="Rights could not be read"
        error={rights.error}
        onRetry={() => void rights.refetch()}
      />
    );
  }
  if (rights.data.entries.length === 0) {
    return (
      <EmptyState
        kind="key"
        title={`${name} can use nothing yet`}
        action={<ButtonLink href="/access/requests?new">Request access</ButtonLink>}
      >
        Rights come from grants to oneself or a group, and from owning.
      </EmptyState>
    );
  }
  return (
    <RightsTable
      label={`Rights of ${name}`}
      page={rights.data}
      of="object"
      isFirst={cursor === undefined}
      onCursor={onCursor}
    />
  );
}
