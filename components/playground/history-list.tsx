"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { playgroundSessionsQuery } from "@/lib/playground/client";
import { DeletedRow } from "./deleted-row";
import { HistoryRow } from "./history-row";
import type { Session } from "./session";

interface HistoryListProps {
  session: Session;
  q: string;
  /** "" lists those in none; absent, all. */
  folder: string | undefined;
  state: "live" | "deleted";
  onClear: () => void;
  onDeleted: (id: string) => void;
}

/** What matches, newest first, page by page. */
export function HistoryList({ session, q, folder, state, onClear, onDeleted }: HistoryListProps) {
  const filter = { ...(q === "" ? {} : { q }), folder, state };
  const pages = useInfiniteQuery({ ...playgroundSessionsQuery(filter), placeholderData: keepPreviousData });
  if (pages.isPending) return <RowsSkeleton height="h-12" />;
  if (pages.isError) {
    return <ErrorState title="History could not be read" error={pages.error} onRetry={pages.refetch} />;
  }
  const entries = pages.data.pages.flatMap((page) => page.sessions);
  if (entries.length === 0) return <Nothing {...{ session, q, folder, state, onClear }} />;
  return (
    <>
      <ul
        aria-label={state === "live" ? "Saved comparisons" : "Deleted comparisons"}
        aria-busy={pages.isPlaceholderData}
        className={cx(pages.isPlaceholderData && "opacity-60")}
      >
        {entries.map((entry) =>
          entry.deletedAt ? (
            <DeletedRow key={entry.id} entry={entry} q={q} />
          ) : (
            <HistoryRow
              key={entry.id}
              session={session}
              entry={entry}
              q={q}
              showFolder={folder === undefined}
              onDeleted={onDeleted}
            />
          ),
        )}
      </ul>
      {pages.hasNextPage && (
        <Button
          variant="ghost"
          size="sm"
          className="mx-auto my-2"
          busy={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Show older
        </Button>
      )}
    </>
  );
}

function Nothing({ session, q, folder, state, onClear }: Omit<HistoryListProps, "onDeleted">) {
  if (q !== "") {
    return (
      <EmptyState
        kind="prompt"
        title="Nothing matches"
        action={<Button onClick={onClear}>Clear the search</Button>}
      >
        Words are found by their beginnings, "in quotes" as a phrase; a minus leaves a word out.
      </EmptyState>
    );
  }
  if (state === "deleted") return <EmptyState kind="prompt" title="Nothing was deleted" />;
  if (folder !== undefined) {
    return (
      <EmptyState kind="prompt" title={folder === "" ? "All are in folders" : `Nothing in ${folder}`}>
        A comparison is moved by the menu at its end.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      kind="prompt"
      title="Nothing saved yet"
      action={
        <Button icon="download" onClick={() => session.view.setState({ dialog: "import" })}>
          Import conversations
        </Button>
      }
    >
      A comparison gets its own address here when it is saved.
    </EmptyState>
  );
}
