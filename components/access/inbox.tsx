"use client";
import { InboxCells, InboxHeads } from "@/components/requests/inbox-columns";
import { Button } from "@/components/ui/button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { AccessRequest } from "@/lib/catalog";
import { AskedObject } from "./asked-object";
import { PrincipalName } from "./principal-name";

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
          <InboxHeads />
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
            <InboxCells why={request.comment} since={request.createdAt} request={request}>
              {request.state === "pending" && (
                <Button
                  size="sm"
                  aria-label={`Decide the request of ${request.requester.name} for ${request.name}`}
                  onClick={() => onDecide(request)}
                >
                  Decide
                </Button>
              )}
            </InboxCells>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
