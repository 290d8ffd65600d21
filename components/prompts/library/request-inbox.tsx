"use client";
import { Button } from "@/components/ui/button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { MoveRequest } from "@/lib/prompts";
import { AskedMove } from "./asked-move";
import { RequestState } from "./request-state";
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
            <Td className="max-w-110 max-sm:w-full max-sm:max-w-0">
              <AskedMove request={request} />
              <span className="block truncate text-small text-fg-subtle sm:hidden">
                {request.requestedBy.name}
              </span>
            </Td>
            <Td narrow="hide" className="max-w-40 truncate">
              {request.requestedBy.name}
            </Td>
            <Td narrow="hide" className="max-w-70 truncate text-fg-muted" title={request.why}>
              {request.why || "no reason given"}
            </Td>
            <Td narrow="hide" end className="text-fg-muted">
              <Time at={request.requestedAt} />
            </Td>
            <Td end>
              {request.may.decide ? (
                <Button
                  size="sm"
                  className="max-sm:h-11!"
                  aria-label={`Decide on ${request.alias} ${fromTo(request)} of ${request.prompt.fullName}`}
                  onClick={() => onOpen(request)}
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
