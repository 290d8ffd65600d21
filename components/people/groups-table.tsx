"use client";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { KindIcon } from "@/components/ui/kind-icon";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { counted, type GroupSummary } from "@/lib/auth";
import { groupPath } from "./paths";

/** Groups with how many are in each directly. */
export function GroupsTable({ groups }: { groups: readonly GroupSummary[] }) {
  return (
    <Table label="Groups">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th narrow="hide">Description</Th>
          <Th narrow="hide">Claim value</Th>
          <Th end>People</Th>
          <Th end narrow="hide">
            Service principals
          </Th>
          <Th end narrow="hide">
            Groups
          </Th>
          <Th end narrow="hide">
            Changed
          </Th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <Tr key={group.id}>
            <Td className="max-w-70 max-sm:w-full max-sm:max-w-0">
              <span className="flex min-w-0 items-center gap-2">
                <KindIcon kind="people" />
                <Link href={groupPath(group.id)} className="truncate font-strong hover:text-accent">
                  {group.name}
                </Link>
              </span>
              <span className="block truncate text-small text-fg-subtle sm:hidden">
                {group.description || counted(group.members.groups, "groups")}
              </span>
            </Td>
            <Td narrow="hide" className="max-w-80 truncate text-fg-muted" title={group.description}>
              {group.description}
            </Td>
            <Td narrow="hide" className="max-w-50 truncate">
              {group.externalName !== null && (
                <Badge mono title="Single sign-on puts in whoever’s claim has this value">
                  {group.externalName}
                </Badge>
              )}
            </Td>
            <Td end className="tabular-nums">
              {group.members.people}
            </Td>
            <Td end narrow="hide" className="tabular-nums">
              {group.members.services}
            </Td>
            <Td end narrow="hide" className="tabular-nums">
              {group.members.groups}
            </Td>
            <Td end narrow="hide" className="text-fg-muted">
              <Time at={group.updatedAt} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
