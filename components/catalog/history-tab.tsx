"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { rowsWord } from "@/components/audit/words";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { auditEventsQuery } from "@/lib/audit-log/client";
import type { CatalogObject } from "@/lib/catalog";
import { HistoryTable } from "./history-table";
import { catalogPath } from "./paths";

interface HistoryTabProps {
  object: CatalogObject;
  admin: boolean;
}

/** The rows of the audit log about an object; for those who may not manage it, their own. */
export function HistoryTab({ object, admin }: HistoryTabProps) {
  const whole = admin || object.may.manage;
  const list = useInfiniteQuery(
    auditEventsQuery({ securable: object.id, ...(whole ? {} : { mine: "1" as const }) }),
  );
  if (list.isPending) return <RowsSkeleton rows={6} />;
  if (list.isError && !list.data) {
    return (
      <ErrorState
        title="The history could not be read"
        error={list.error}
        onRetry={() => void list.refetch()}
      />
    );
  }
  const events = list.data.pages.flatMap((page) => page.events);
  const note = whole ? "" : " What others did is for its owner and administrators.";
  if (events.length === 0) {
    return (
      <EmptyState
        kind="audit"
        title={whole ? `Nothing was done with ${object.name} yet` : `You did nothing with ${object.name} yet`}
        action={<ButtonLink href={catalogPath(object, "permissions")}>Open permissions</ButtonLink>}
      >
        {`Changes, grants and refusals leave a row here.${note}`}
      </EmptyState>
    );
  }
  return (
    <>
      <HistoryTable object={object} events={events} log={admin ? "whole" : whole ? "none" : "own"} />
      <footer className="flex min-h-12 items-center gap-3 px-4 py-2 text-small text-fg-muted">
        <span role="status">
          {list.hasNextPage ? "The last " : "All "}
          {rowsWord(events.length)} of the audit log.{note}
        </span>
        {list.isError && (
          <span className="text-danger">Older rows could not be read. {list.error.message}</span>
        )}
        {list.hasNextPage && (
          <Button size="sm" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Load older
          </Button>
        )}
      </footer>
    </>
  );
}
