"use client";
import { OwnCells, OwnHeads } from "@/components/requests/own-columns";
import { Button } from "@/components/ui/button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { MoveRequest } from "@/lib/prompts";
import { AskedMove } from "./asked-move";
import { decisionWord, fromTo } from "./request-words";

interface OwnRequestsProps {
  requests: readonly MoveRequest[];
  onOpen: (request: MoveRequest) => void;
}

/** What one asked for, and what was decided. */
export function OwnRequests({ requests, onOpen }: OwnRequestsProps) {
  return (
    <Table label="Your requests">
      <thead>
        <tr>
          <Th>Move</Th>
          <OwnHeads actions="hide" />
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => (
          <Tr key={request.id}>
            <Td className="max-w-110 max-sm:w-full max-sm:max-w-0">
              <AskedMove request={request} />
              {request.decision && (
                <span className="block truncate text-small text-fg-subtle sm:hidden">
                  {decisionWord(request)}
                </span>
              )}
              {request.may.withdraw && (
                <Button className="mt-1 h-11! sm:hidden" onClick={() => onOpen(request)}>
                  Withdraw
                </Button>
              )}
            </Td>
            <OwnCells
              asked={request.requestedAt}
              request={request}
              outcome={decisionWord(request)}
              actions="hide"
            >
              {request.may.withdraw && (
                <Button
                  size="sm"
                  aria-label={`Withdraw ${request.alias} ${fromTo(request)} of ${request.prompt.fullName}`}
                  onClick={() => onOpen(request)}
                >
                  Withdraw
                </Button>
              )}
            </OwnCells>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
