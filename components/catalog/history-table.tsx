"use client";
import Link from "next/link";
import { OutcomeBadge } from "@/components/audit/outcome-badge";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AuditEvent } from "@/lib/audit-log";
import type { CatalogObject } from "@/lib/catalog";
import { deedOf } from "./history-words";

interface HistoryTableProps {
  object: CatalogObject;
  events: readonly AuditEvent[];
  /** Which rows the reader finds in the audit log itself. */
  log: "whole" | "own" | "none";
}

/** When, who, what and with which outcome; each row leads to the audit log where the reader finds it there. */
export function HistoryTable({ object, events, log }: HistoryTableProps) {
  return (
    <Table label={`History of ${object.name}`}>
      <thead>
        <tr>
          <Th>Time</Th>
          <Th narrow="hide">Person</Th>
          <Th className="w-full">What</Th>
          <Th>Outcome</Th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => {
          const query = new URLSearchParams({
            securable: object.id,
            event: event.event_id,
            ...(log === "own" ? { mine: "1" } : {}),
          });
          return (
            <Tr key={event.event_id}>
              <Td className="text-fg-muted">
                <Time at={event.event_time} />
              </Td>
              <Td narrow="hide" className="max-w-60 truncate">
                {event.user_identity.email}
              </Td>
              <Td className="max-w-0 truncate">
                {log === "none" ? (
                  <span title={deedOf(event)}>{deedOf(event)}</span>
                ) : (
                  <Link href={`/audit?${query}`} className="hover:text-accent" title={deedOf(event)}>
                    {deedOf(event)}
                  </Link>
                )}
                <span className="block truncate text-small text-fg-subtle sm:hidden">
                  {event.user_identity.email}
                </span>
              </Td>
              <Td>
                <OutcomeBadge status={event.response.status_code} />
              </Td>
            </Tr>
          );
        })}
      </tbody>
    </Table>
  );
}
