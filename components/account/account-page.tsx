"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { signOut } from "@/components/shell/sign-out";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHead } from "@/components/ui/page-head";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { toast } from "@/components/ui/toaster";
import type { Session } from "@/lib/auth";
import { revokeSession, sessionsQuery } from "@/lib/auth/client";
import { deviceOf } from "./device";
import { SessionsTable } from "./sessions-table";

/** Where one is signed in. */
export function AccountPage() {
  const cache = useQueryClient();
  const [ending, setEnding] = useState<Session>();
  const end = (session: Session) => (session.current ? void signOut() : setEnding(session));
  return (
    <>
      <PageHead kind="session" title="Sessions">
        Every browser in which you are signed in. Ending one acts on its next request.
      </PageHead>
      <SessionList onEnd={end} />
      {ending && (
        <ConfirmDialog
          open
          onClose={() => setEnding(undefined)}
          title="End this session?"
          subtitle={`${deviceOf(ending.userAgent)}, ${ending.ip}`}
          verb="End session"
          danger
          act={() => revokeSession(ending.id)}
          onDone={() => {
            toast("The session is ended.");
            void cache.invalidateQueries({ queryKey: sessionsQuery().queryKey });
            setEnding(undefined);
          }}
        >
          <p>That browser has to sign in again. What it did not save is lost.</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function SessionList({ onEnd }: { onEnd: (session: Session) => void }) {
  const sessions = useQuery(sessionsQuery());
  if (sessions.isPending) return <RowsSkeleton rows={2} />;
  if (sessions.isError)
    return (
      <ErrorState title="Sessions could not be read" error={sessions.error} onRetry={sessions.refetch} />
    );
  if (sessions.data.length === 0) {
    return (
      <EmptyState kind="session" title="No browser is signed in">
        Sessions made by signing in appear here; keys have their own page.
      </EmptyState>
    );
  }
  return <SessionsTable sessions={sessions.data} onEnd={onEnd} />;
}
