"use client";
import { InboxCells, InboxHeads } from "@/components/requests/inbox-columns";
import { Button } from "@/components/ui/button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { MoveRequest } from "@/lib/prompts";
import { AskedMove } from "./asked-move";
import { fromTo } from "./request-words";

interface RequestInboxProps {
  requests: readonly MoveRequest[];
  onOpen: (request: MoveRequest) => void;
}

/** What others ask for: open ones first, then what was decided. */
export function RequestInbox({ requests, onOpen }: RequestInboxProps) {
  return (
    <Table label="Requests to decide">
      <thead>
        <tr>
          <Th>Move</Th>
          <Th narrow="hide">Who</Th>
          <InboxHeads />
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => (
          <Tr key={request.id}>
            <Td className="max-w-110 max-sm:w-full max-sm:max-w-0">
              <AskedMove request={request} />
              <span className="block truncate text-small text-fg-subtle sm:hidden">
                {request.requestedBy.name}
              </span>
            </Td>
            <Td narrow="hide" className="max-w-40 truncate">
              {request.requestedBy.name}
            </Td>
            <InboxCells why={request.why} since={request.requestedAt} request={request}>
              {request.may.decide && (
                <Button
                  size="sm"
                  className="max-sm:h-11!"
                  aria-label={`Decide on ${request.alias} ${fromTo(request)} of ${request.prompt.fullName}`}
                  onClick={() => onOpen(request)}
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
