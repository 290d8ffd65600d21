"use client";
import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/components/ui/empty-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { StoredKind } from "@/lib/access";
import { effectiveByObjectQuery, objectQuery } from "@/lib/catalog/client";
import { NotExplained } from "./not-explained";
import { RightsTable } from "./rights-table";

interface RightsByObjectProps {
  object: string;
  kind: StoredKind;
  cursor: string | undefined;
  onCursor: (cursor: string | undefined) => void;
}

/** Person by person what may be done with one object. */
export function RightsByObject({ object, kind, cursor, onCursor }: RightsByObjectProps) {
  const found = useQuery(objectQuery(object, kind));
  const rights = useQuery({
    ...effectiveByObjectQuery(found.data?.id ?? "", cursor),
    enabled: found.isSuccess,
  });
  const failed = found.error ?? rights.error;
  if (failed) {
    return (
      <NotExplained
        error={failed}
        object={object}
        kind={kind}
        onRetry={() => void (found.isError ? found : rights).refetch()}
      />
    );
  }
  if (!rights.data) return <RowsSkeleton rows={8} />;
  if (rights.data.entries.length === 0)
    return (
      <EmptyState kind="key" title={`Nobody can use ${object}`}>
        Its owner or an administrator can grant it.
      </EmptyState>
    );
  return (
    <RightsTable
      label={`Rights on ${object}`}
      page={rights.data}
      of="principal"
      isFirst={cursor === undefined}
      onCursor={onCursor}
    />
  );
}
