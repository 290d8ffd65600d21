"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { AuditFilter } from "@/lib/audit-log";
import { auditEventsQuery } from "@/lib/audit-log/client";
import { AuditTable } from "./audit-table";
import type { AuditView } from "./use-audit-view";
import { rowsWord } from "./words";

interface AuditListProps {
  /** What is asked for: the view's filter, and whose rows. */
  asked: AuditFilter;
  view: AuditView;
}

/** The rows that match, page after page. */
export function AuditList({ asked, view }: AuditListProps) {
  const list = useInfiniteQuery(auditEventsQuery(asked));
  if (list.isPending) return <RowsSkeleton rows={12} />;
  if (list.isError && !list.data) {
    return (
      <ErrorState
        title="The audit log could not be read"
        error={list.error}
        onRetry={() => void list.refetch()}
      />
    );
  }
  const events = list.data.pages.flatMap((page) => page.events);
  if (events.length === 0) return <NoRows view={view} />;
  return (
    <>
      <AuditTable events={events} open={view.event} onOpen={view.open} />
      <footer className="flex min-h-12 items-center gap-3 px-4 py-2 text-small text-fg-muted">
        <span role="status">
          {list.hasNextPage ? `${rowsWord(events.length)} shown` : `All ${rowsWord(events.length)}`}
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

function NoRows({ view }: { view: AuditView }) {
  const isNarrowed = Object.values(view.filter).some(Boolean);
  return isNarrowed ? (
    <EmptyState
      kind="audit"
      title="No row matches"
      action={<Button onClick={() => view.replace({})}>Show all rows</Button>}
    >
      Change the filter to see others.
    </EmptyState>
  ) : (
    <EmptyState
      kind="audit"
      title="Nothing recorded yet"
      action={<ButtonLink href="/playground">Open playground</ButtonLink>}
    >
      Every change, every refusal and every reading of this log leaves a row here.
    </EmptyState>
  );
}
