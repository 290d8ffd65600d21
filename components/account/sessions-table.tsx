"use client";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Session } from "@/lib/auth";
import { deviceOf } from "./device";

interface SessionsTableProps {
  /** Whose they are. */
  label?: string;
  sessions: readonly Session[];
  onEnd: (session: Session) => void;
}

export function SessionsTable({ label = "Your sessions", sessions, onEnd }: SessionsTableProps) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>Browser</Th>
          <Th narrow="hide">Address</Th>
          <Th end narrow="hide">
            Signed in
          </Th>
          <Th end narrow="hide">
            Last seen
          </Th>
          <Th end narrow="hide">
            Ends
          </Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <Tr key={session.id}>
            <Td title={session.userAgent}>
              <b className="mr-2">{deviceOf(session.userAgent)}</b>
              {session.current && <Badge tone="ok">this one</Badge>}
              <span className="block text-small text-fg-subtle sm:hidden">
                {session.ip}, seen <Time at={session.lastSeenAt} />
              </span>
            </Td>
            <Td narrow="hide" className="font-mono text-small text-fg-muted">
              {session.ip}
            </Td>
            <Td end narrow="hide" className="text-fg-muted">
              <Time at={session.createdAt} />
            </Td>
            <Td end narrow="hide" className="text-fg-muted">
              <Time at={session.lastSeenAt} />
            </Td>
            <Td end narrow="hide" className="text-fg-muted">
              <Time at={session.expiresAt} day />
            </Td>
            <Td end>
              <Button size="sm" variant="ghost" onClick={() => onEnd(session)}>
                {session.current ? "Sign out" : "End"}
              </Button>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
