"use client";
import Link from "next/link";
import { deviceOf } from "@/components/account/device";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { OwnedSession } from "@/lib/auth";
import { principalPath } from "./paths";

interface OwnedSessionsTableProps {
  sessions: readonly OwnedSession[];
  /** @param all every session of the same person */
  onEnd: (session: OwnedSession, all: boolean) => void;
}

/** Sessions of several people. */
export function OwnedSessionsTable({ sessions, onEnd }: OwnedSessionsTableProps) {
  return (
    <Table label="Sessions of everybody">
      <thead>
        <tr>
          <Th>Person</Th>
          <Th narrow="hide">Browser</Th>
          <Th narrow="hide">Address</Th>
          <Th end narrow="hide">
            Signed in
          </Th>
          <Th end>Last seen</Th>
          <Th end narrow="hide">
            Ends
          </Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => {
          const { owner, userAgent, ip } = session;
          return (
            <Tr key={session.id}>
              <Td className="max-w-60 truncate max-sm:w-full max-sm:max-w-0">
                <Link href={principalPath(owner)} className="mr-2 font-strong hover:text-accent">
                  {owner.name}
                </Link>
                {session.current && <Badge tone="ok">this one</Badge>}
                <span className="block truncate text-small text-fg-subtle sm:hidden">
                  {deviceOf(userAgent)}, {ip}
                </span>
              </Td>
              <Td narrow="hide" title={userAgent}>
                {deviceOf(userAgent)}
              </Td>
              <Td narrow="hide" className="font-mono text-small text-fg-muted">
                {ip}
              </Td>
              <Td end narrow="hide" className="text-fg-muted">
                <Time at={session.createdAt} />
              </Td>
              <Td end className="text-fg-muted">
                <Time at={session.lastSeenAt} />
              </Td>
              <Td end narrow="hide" className="text-fg-muted">
                <Time at={session.expiresAt} day />
              </Td>
              <Td className="w-10">
                <Menu
                  trigger={
                    <IconButton icon="more" size="sm" label={`Actions on this session of ${owner.name}`} />
                  }
                  items={[
                    {
                      label: session.current ? "Sign out here" : "End this session",
                      icon: "close",
                      onSelect: () => onEnd(session, false),
                    },
                    {
                      label: `End all of ${owner.name}`,
                      icon: "sign-out",
                      danger: true,
                      separated: true,
                      detail: "asks first",
                      onSelect: () => onEnd(session, true),
                    },
                  ]}
                />
              </Td>
            </Tr>
          );
        })}
      </tbody>
    </Table>
  );
}
