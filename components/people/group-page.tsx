"use client";
import { useQuery } from "@tanstack/react-query";
import { Crumb } from "@/components/shell/crumb";
import { groupQuery } from "@/lib/auth/client";
import { GroupView } from "./group-view";
import { OneState } from "./one-state";

/** One group, by its id. */
export function GroupPage({ id }: { id: string }) {
  const group = useQuery(groupQuery(id));
  return (
    <>
      <Crumb label={group.data?.name ?? "Group"} />
      <OneState query={group} noun="group" back="/people/groups" backLabel="All groups">
        {(data) => <GroupView group={data} />}
      </OneState>
    </>
  );
}
