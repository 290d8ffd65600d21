"use client";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { MoveRequest } from "@/lib/prompts";
import { AskedMove } from "./asked-move";
import { RequestState } from "./request-state";
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
          <Th>State</Th>
          <Th narrow="hide">Decision</Th>
          <Th narrow="hide" end>
            Asked
          </Th>
          <Th end narrow="hide">
            <span className="sr-only">Actions</span>
          </Th>
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
            <Td>
              <span className="flex items-center gap-1.5">
                <RequestState state={request.state} />
                {request.isNew && <Badge tone="accent">new</Badge>}
              </span>
            </Td>
            <Td narrow="hide" className="max-w-90 truncate text-fg-muted" title={request.decision}>
              {decisionWord(request)}
            </Td>
            <Td narrow="hide" end className="text-fg-muted">
              <Time at={request.requestedAt} />
            </Td>
            <Td narrow="hide" end>
              {request.may.withdraw && (
                <Button
                  size="sm"
                  aria-label={`Withdraw ${request.alias} ${fromTo(request)} of ${request.prompt.fullName}`}
                  onClick={() => onOpen(request)}
                >
                  Withdraw
                </Button>
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
