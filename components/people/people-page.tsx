"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { useFlag } from "@/components/ui/use-flag";
import type { User } from "@/lib/auth";
import { meQuery, usersQuery } from "@/lib/auth/client";
import { ChangeDialog } from "./change-dialog";
import type { Change } from "./changes";
import { InviteDialog } from "./invite-dialog";
import { PeopleArea } from "./people-area";
import { PeopleTable } from "./people-table";

/** Who may sign in, and as what. */
export function PeoplePage() {
  const [inviting, setInviting] = useFlag("new");
  const [changing, setChanging] = useState<{ user: User; change: Change }>();
  return (
    <>
      <PeopleArea
        kind="people"
        title="People"
        actions={
          <Button variant="primary" icon="plus" onClick={() => setInviting(true)}>
            Invite
          </Button>
        }
      >
        Everyone who may sign in. An invitation is a one-time link that you hand over yourself.
      </PeopleArea>
      <PeopleList
        onInvite={() => setInviting(true)}
        onChange={(user, change) => setChanging({ user, change })}
      />
      <InviteDialog open={inviting} onClose={() => setInviting(false)} />
      {changing && <ChangeDialog {...changing} onClose={() => setChanging(undefined)} />}
    </>
  );
}

interface PeopleListProps {
  onInvite: () => void;
  onChange: (user: User, change: Change) => void;
}

function PeopleList({ onInvite, onChange }: PeopleListProps) {
  const users = useQuery(usersQuery());
  const me = useQuery(meQuery());
  if (users.isPending) return <RowsSkeleton />;
  if (users.isError)
    return <ErrorState title="People could not be read" error={users.error} onRetry={users.refetch} />;
  if (users.data.length === 0) {
    return (
      <EmptyState
        kind="people"
        title="Nobody here yet"
        action={<Button onClick={onInvite}>Invite a person</Button>}
      >
        Accounts appear here as soon as they are invited.
      </EmptyState>
    );
  }
  return <PeopleTable users={users.data} ownId={me.data?.id} onChange={onChange} />;
}
