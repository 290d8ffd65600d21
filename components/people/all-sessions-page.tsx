"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { OwnedSession } from "@/lib/auth";
import { allSessionsQuery } from "@/lib/auth/client";
import { EndSessionDialog } from "./end-session-dialog";
import { EndSessionsDialog } from "./end-sessions-dialog";
import { OwnedSessionsTable } from "./owned-sessions-table";
import { PeopleArea } from "./people-area";
import { SearchBar } from "./search-bar";
import { useSearch } from "./use-search";

type Ending = { session: OwnedSession; all: boolean };

/** Where everybody is signed in. */
export function AllSessionsPage({ ownId }: { ownId: string }) {
  const [q, setQ] = useSearch();
  const sessions = useQuery(allSessionsQuery(q ? { q } : {}));
  const [ending, setEnding] = useState<Ending>();
  const close = () => setEnding(undefined);
  return (
    <>
      <PeopleArea kind="session" title="Sessions">
        Every browser in which somebody is signed in. Ending one acts on its next request, and within a second
        on an answer that is coming.
      </PeopleArea>
      <SearchBar
        label="Find a person or address"
        value={q}
        onChange={setQ}
        total={sessions.data?.total}
        listed={sessions.data?.sessions.length ?? 0}
        nouns={["session", "sessions"]}
      />
      <SessionList
        sessions={sessions}
        onClear={() => setQ("")}
        onEnd={(session, all) => setEnding({ session, all })}
      />
      {ending && !ending.all && (
        <EndSessionDialog session={ending.session} name={ending.session.owner.name} onClose={close} />
      )}
      {ending?.all && (
        <EndSessionsDialog
          id={ending.session.owner.id}
          name={ending.session.owner.name}
          own={ending.session.owner.id === ownId}
          onClose={close}
        />
      )}
    </>
  );
}

interface SessionListProps {
  sessions: UseQueryResult<{ sessions: OwnedSession[]; total: number }>;
  onClear: () => void;
  onEnd: (session: OwnedSession, all: boolean) => void;
}

function SessionList({ sessions, onClear, onEnd }: SessionListProps) {
  if (sessions.isPending) return <RowsSkeleton />;
  if (sessions.isError) {
    return (
      <ErrorState title="Sessions could not be read" error={sessions.error} onRetry={sessions.refetch} />
    );
  }
  if (sessions.data.sessions.length === 0) {
    return (
      <EmptyState
        kind="session"
        title="No session matches"
        action={<Button onClick={onClear}>Show all sessions</Button>}
      >
        Names, e-mail addresses and the beginning of addresses are searched.
      </EmptyState>
    );
  }
  return <OwnedSessionsTable sessions={sessions.data.sessions} onEnd={onEnd} />;
}
