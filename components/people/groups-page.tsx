"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { useFlag } from "@/components/ui/use-flag";
import type { GroupSummary } from "@/lib/auth";
import { groupsQuery } from "@/lib/auth/client";
import { GroupDialog } from "./group-dialog";
import { GroupsTable } from "./groups-table";
import { PeopleArea } from "./people-area";
import { SearchBar } from "./search-bar";
import { useSearch } from "./use-search";

/** Every group: who is in it is on its own page. */
export function GroupsPage() {
  const [making, setMaking] = useFlag("new");
  const [q, setQ] = useSearch();
  const groups = useQuery(groupsQuery(q ? { q } : {}));
  return (
    <>
      <PeopleArea
        kind="people"
        title="Groups"
        actions={
          <Button variant="primary" icon="plus" onClick={() => setMaking(true)}>
            New group
          </Button>
        }
      >
        Give rights to a group instead of to each person. A group may be in other groups; what those have, its
        members have.
      </PeopleArea>
      <SearchBar
        label="Find a group"
        value={q}
        onChange={setQ}
        total={groups.data?.total}
        listed={groups.data?.groups.length ?? 0}
        nouns={["group", "groups"]}
      />
      <GroupList
        groups={groups}
        searched={q !== ""}
        onMake={() => setMaking(true)}
        onClear={() => setQ("")}
      />
      {making && <GroupDialog onClose={() => setMaking(false)} />}
    </>
  );
}

interface GroupListProps {
  groups: UseQueryResult<{ groups: GroupSummary[]; total: number }>;
  searched: boolean;
  onMake: () => void;
  onClear: () => void;
}

function GroupList({ groups, searched, onMake, onClear }: GroupListProps) {
  if (groups.isPending) return <RowsSkeleton />;
  if (groups.isError)
    return <ErrorState title="Groups could not be read" error={groups.error} onRetry={groups.refetch} />;
  if (groups.data.groups.length > 0) return <GroupsTable groups={groups.data.groups} />;
  return searched ? (
    <EmptyState
      kind="people"
      title="No group matches"
      action={<Button onClick={onClear}>Show all groups</Button>}
    >
      Name, description and claim value are searched.
    </EmptyState>
  ) : (
    <EmptyState kind="people" title="No groups yet" action={<Button onClick={onMake}>Make a group</Button>}>
      Two are built in and kept by the workbench: all_users, with everybody, and admins.
    </EmptyState>
  );
}
