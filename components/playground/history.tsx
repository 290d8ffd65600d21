"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import { Drawer } from "@/components/ui/drawer";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Note } from "@/components/ui/note";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { playgroundSessionsQuery } from "@/lib/playground/client";
import { HistoryRow } from "./history-row";
import type { Session } from "./session";

interface HistoryProps {
  session: Session;
  /** Removes a session that was deleted from what is open here. */
  onDeleted: (id: string) => void;
}

/** The saved comparisons of whoever is signed in. */
export function History({ session, onDeleted }: HistoryProps) {
  const rail = useStore(session.view, (state) => state.rail);
  const close = () => session.view.setState({ rail: null });
  return (
    <Drawer open={rail === "history"} onClose={close} title="History">
      <div className="flex min-h-full flex-col">
        <HistoryList session={session} onDeleted={onDeleted} />
        <Note className="mx-3.5 mt-auto mb-3.5">
          Runs on the server are saved as you go. With a column in this browser nothing is saved until you
          press Save.
        </Note>
      </div>
    </Drawer>
  );
}

function HistoryList({ session, onDeleted }: HistoryProps) {
  const pages = useInfiniteQuery(playgroundSessionsQuery());
  if (pages.isPending) return <RowsSkeleton />;
  if (pages.isError) {
    return <ErrorState title="History could not be read" error={pages.error} onRetry={pages.refetch} />;
  }
  const sessions = pages.data.pages.flatMap((page) => page.sessions);
  if (sessions.length === 0) {
    return (
      <EmptyState kind="prompt" title="Nothing saved yet">
        A comparison gets its own address here when it is saved.
      </EmptyState>
    );
  }
  return (
    <>
      <ul>
        {sessions.map((entry) => (
          <HistoryRow key={entry.id} session={session} entry={entry} onDeleted={onDeleted} />
        ))}
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
