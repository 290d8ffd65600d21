"use client";
import Link from "next/link";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { User } from "@/lib/auth";
import type { Change } from "./changes";
import { principalPath } from "./paths";
import { personItems } from "./person-items";
import { roleNames } from "./roles";
import { StateBadge } from "./state-badge";

interface PeopleTableProps {
  users: readonly User[];
  /** The administrator at the screen. */
  ownId: string | undefined;
  onChange: (user: User, change: Change) => void;
}

export function PeopleTable({ users, ownId, onChange }: PeopleTableProps) {
  return (
    <Table label="People">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th narrow="hide">E-mail</Th>
          <Th narrow="hide">Role</Th>
          <Th>State</Th>
          <Th end narrow="hide">
            Since
          </Th>
          <Th end narrow="hide">
            Last seen
          </Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <PersonRow
            key={user.id}
            user={user}
            own={user.id === ownId}
            onChange={(change) => onChange(user, change)}
          />
        ))}
      </tbody>
    </Table>
  );
}

function PersonRow({
  user,
  own,
  onChange,
}: {
  user: User;
  own: boolean;
  onChange: (change: Change) => void;
}) {
  return (
    <Tr>
      <Td className="max-w-60 truncate max-sm:w-full max-sm:max-w-0">
        <Link href={principalPath({ id: user.id, kind: "person" })} className="font-strong hover:text-accent">
          {user.name || user.email}
        </Link>
        {own && <span className="ml-2 text-small text-fg-subtle">you</span>}
        <span className="block truncate text-small text-fg-subtle sm:hidden">
          {roleNames[user.role]}, {user.email}
        </span>
      </Td>
      <Td narrow="hide" className="text-fg-muted">
        {user.email}
      </Td>
      <Td narrow="hide">{roleNames[user.role]}</Td>
      <Td>
        <StateBadge state={user.state} />
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        <Time at={user.createdAt} day />
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {user.lastSeenAt ? <Time at={user.lastSeenAt} /> : "not yet"}
      </Td>
      <Td className="w-10">
        <Menu
          trigger={<IconButton icon="more" size="sm" label={`Actions on ${user.name || user.email}`} />}
          items={personItems(user, own, onChange)}
        />
      </Td>
    </Tr>
  );
}
