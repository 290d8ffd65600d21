"use client";
import { Button } from "@/components/ui/button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AccessRequest } from "@/lib/catalog";
import { AskedObject } from "./asked-object";
import { PrincipalName } from "./principal-name";
import { RequestState } from "./request-state";

interface InboxProps {
  requests: readonly AccessRequest[];
  onDecide: (request: AccessRequest) => void;
}

/** What others ask for, open ones first. */
export function Inbox({ requests, onDecide }: InboxProps) {
  return (
    <Table label="Requests to decide">
      <thead>
        <tr>
          <Th>Who</Th>
          <Th>Asks for</Th>
          <Th narrow="hide">On</Th>
          <Th narrow="hide">Why</Th>
          <Th narrow="hide" end>
            Since
          </Th>
          <Th end>
            <span className="sr-only">Decision</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => (
          <Tr key={request.id}>
            <Td className="max-w-40">
              <PrincipalName principal={request.requester} />
            </Td>
            <Td className="font-mono text-small whitespace-normal!">
              {request.privileges.join(", ")}
              <span className="block text-fg-subtle sm:hidden">{request.name}</span>
            </Td>
            <Td narrow="hide" className="max-w-80">
              <AskedObject request={request} />
            </Td>
            <Td narrow="hide" className="max-w-70 truncate text-fg-muted" title={request.comment}>
              {request.comment || "no reason given"}
            </Td>
            <Td narrow="hide" end className="text-fg-muted">
              <Time at={request.createdAt} />
            </Td>
            <Td end>
              {request.state === "pending" ? (
                <Button
                  size="sm"
                  aria-label={`Decide the request of ${request.requester.name} for ${request.name}`}
                  onClick={() => onDecide(request)}
                >
                  Decide
                </Button>
              ) : (
                <span title={request.decision || undefined}>
                  <RequestState state={request.state} />
                </span>
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
