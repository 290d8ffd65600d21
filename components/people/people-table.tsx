"use client";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { User } from "@/lib/auth";
import type { Change } from "./changes";
import { roleNames } from "./roles";

interface PeopleTableProps {
  users: readonly User[];
  /** The administrator at the screen. */
  ownId: string | undefined;
  onChange: (user: User, change: Change) => void;
}

const states: Record<User["state"], [BadgeTone, string]> = {
  active: ["ok", "active"],
  invited: ["plain", "invited"],
  disabled: ["danger", "deactivated"],
};

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
  const [tone, text] = states[user.state];
  return (
    <Tr>
      <Td className="max-w-60 truncate">
        <b>{user.name || user.email}</b>
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
        <Badge tone={tone} tile={user.state === "invited" ? "idle" : undefined}>
          {text}
        </Badge>
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
          items={itemsFor(user, own, onChange)}
        />
      </Td>
    </Tr>
  );
}

function itemsFor(user: User, own: boolean, onChange: (change: Change) => void): MenuItem[] {
  const yourself = own ? "not for yourself" : undefined;
  const act = (change: Change) => () => onChange(change);
  return [
    user.role === "member"
      ? { label: "Make administrator", icon: "shield", onSelect: act("promote") }
      : { label: "Make member", icon: "person", onSelect: act("demote"), disabledReason: yourself },
    {
      label: user.state === "invited" ? "New invitation link" : "Reset link",
      icon: "link",
      onSelect: act("reset"),
    },
    user.state === "disabled"
      ? { label: "Activate", icon: "check", onSelect: act("activate"), separated: true }
      : {
          label: "Deactivate",
          icon: "close",
          danger: true,
          onSelect: act("deactivate"),
          separated: true,
          detail: "asks first",
          disabledReason: yourself,
        },
  ];
}
