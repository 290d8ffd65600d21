"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { metastoreId } from "@/lib/access";
import { type CatalogObject, mostChanged } from "@/lib/catalog";
import { treePagesQuery } from "@/lib/catalog/client";
import { ContentsEmpty } from "./contents-empty";
import { ContentsTable } from "./contents-table";
import type { ObjectDialog } from "./use-object-dialog";

interface ContentsProps {
  object: CatalogObject;
  open: (dialog: ObjectDialog) => void;
}

/** What lies in a container, as a table from which several can be granted on together. */
export function Contents({ object, open }: ContentsProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const pages = useInfiniteQuery(treePagesQuery(object.id === metastoreId ? {} : { parent: object.id }));
  if (pages.isPending) return <RowsSkeleton rows={6} />;
  if (pages.isError && !pages.data) {
    return (
      <ErrorState
        title={`What is in ${object.name} could not be read`}
        error={pages.error}
        onRetry={() => void pages.refetch()}
      />
    );
  }
  const entries = pages.data.pages.flatMap((page) => page.entries);
  if (entries.length === 0) return <ContentsEmpty object={object} open={open} />;
  const picked = entries.filter(({ id }) => chosen.has(id));
  const [first] = picked;
  const isMixed = picked.some(({ kind }) => kind !== first?.kind);
  const reason = isMixed
    ? "Choose objects of one kind: others take other privileges"
    : picked.length > mostChanged
      ? `${mostChanged} objects at a time`
      : undefined;
  return (
    <div className="border-t">
      {picked.length > 0 && (
        <div className="sticky top-0 flex min-h-12 items-center gap-2 border-b bg-canvas px-4">
          <span className="text-small text-fg-muted">{picked.length} chosen</span>
          <Button
            size="sm"
            icon="plus"
            disabledReason={reason}
            onClick={() => open({ kind: "grant", objects: picked })}
          >
            Grant on {picked.length} {picked.length === 1 ? "object" : "objects"}
          </Button>
          <Button size="sm" variant="ghost" onClick={() => setChosen(new Set())}>
            Choose none
          </Button>
        </div>
      )}
      <ContentsTable
        label={`In ${object.name}`}
        entries={entries}
        chosen={chosen}
        onChoose={object.may.grant ? setChosen : undefined}
      />
      {pages.hasNextPage && (
        <p className="flex min-h-12 items-center gap-3 px-4 text-small text-fg-muted">
          {entries.length} shown
          <Button size="sm" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            Show 200 more
          </Button>
        </p>
      )}
    </div>
  );
}
