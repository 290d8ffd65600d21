"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { SessionsTable } from "@/components/account/sessions-table";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { Session } from "@/lib/auth";
import { principalSessionsQuery } from "@/lib/auth/client";
import { EndSessionDialog } from "./end-session-dialog";

/** Where one person is signed in. */
export function PrincipalSessions({ id, name }: { id: string; name: string }) {
  const sessions = useQuery(principalSessionsQuery(id));
  const [ending, setEnding] = useState<Session>();
  if (sessions.isPending) return <RowsSkeleton rows={2} />;
  if (sessions.isError) {
    return (
      <ErrorState title="Sessions could not be read" error={sessions.error} onRetry={sessions.refetch} />
    );
  }
  if (sessions.data.length === 0)
    return <p className="px-4 text-small text-fg-muted">{name} is signed in nowhere.</p>;
  return (
    <>
      <SessionsTable label={`Sessions of ${name}`} sessions={sessions.data} onEnd={setEnding} />
      {ending && <EndSessionDialog session={ending} name={name} onClose={() => setEnding(undefined)} />}
    </>
  );
}
