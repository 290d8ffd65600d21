"use client";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AuditEvent } from "@/lib/audit-log";
import { OutcomeBadge } from "./outcome-badge";
import { actionName } from "./words";

interface AuditTableProps {
  events: readonly AuditEvent[];
  /** The id of the open row. */
  open: string | undefined;
  onOpen: (eventId: string) => void;
}

/** Rows of the log, newest first. */
export function AuditTable({ events, open, onOpen }: AuditTableProps) {
  return (
    <Table label="Audit log">
      <thead>
        <tr>
          <Th narrow="hide" end className="w-16">
            Row
          </Th>
          <Th>Time</Th>
          <Th>Action</Th>
          <Th narrow="hide">Person</Th>
          <Th narrow="hide">Object</Th>
          <Th>Outcome</Th>
          <Th narrow="hide">Address</Th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <Row
            key={event.event_id}
            event={event}
            selected={event.event_id === open}
            onOpen={() => onOpen(event.event_id)}
          />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ event, selected, onOpen }: { event: AuditEvent; selected: boolean; onOpen: () => void }) {
  const { seq, event_time, user_identity, securable_name, response, source_ip_address } = event;
  return (
    <Tr selected={selected} onClick={onOpen} className="cursor-pointer">
      <Td narrow="hide" end className="font-mono text-small text-fg-subtle">
        {seq}
      </Td>
      <Td className="text-fg-muted">
        <Time at={event_time} />
      </Td>
      <Td className="max-sm:w-full max-sm:max-w-0">
        <button
          type="button"
          className="block max-w-full truncate text-left font-strong hover:text-accent"
          onClick={(press) => {
            press.stopPropagation();
            onOpen();
          }}
        >
          <code>{actionName(event)}</code>
          <span className="sr-only">, row {seq}: show details</span>
        </button>
        <span className="block truncate text-small text-fg-subtle sm:hidden">{user_identity.email}</span>
      </Td>
      <Td narrow="hide" className="max-w-50 truncate" title={user_identity.email}>
        {user_identity.email}
      </Td>
      <Td narrow="hide" className="max-w-60 truncate text-fg-muted" title={securable_name ?? undefined}>
        {securable_name ? <code>{securable_name}</code> : <span className="text-fg-subtle">none</span>}
      </Td>
      <Td>
        <OutcomeBadge status={response.status_code} />
      </Td>
      <Td narrow="hide" className="font-mono text-small text-fg-subtle">
        {source_ip_address}
      </Td>
    </Tr>
  );
}
