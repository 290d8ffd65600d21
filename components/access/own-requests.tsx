"use client";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AccessRequest } from "@/lib/catalog";
import { AskedObject } from "./asked-object";
import { RequestState } from "./request-state";

interface OwnRequestsProps {
  requests: readonly AccessRequest[];
  onWithdraw: (request: AccessRequest) => void;
}

/** What one asked for, and what was decided. */
export function OwnRequests({ requests, onWithdraw }: OwnRequestsProps) {
  return (
    <Table label="Your requests">
      <thead>
        <tr>
          <Th>Object</Th>
          <Th narrow="hide">Privileges</Th>
          <Th>State</Th>
          <Th narrow="hide">Decision</Th>
          <Th narrow="hide" end>
            Asked
          </Th>
          <Th end>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => (
          <Tr key={request.id}>
            <Td className="max-w-80 max-sm:max-w-45 max-sm:whitespace-normal!">
              <AskedObject request={request} />
              <span className="block font-mono text-small text-fg-subtle sm:hidden">
                {request.privileges.join(", ")}
              </span>
            </Td>
            <Td narrow="hide" className="font-mono text-small">
              {request.privileges.join(", ")}
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
              <Time at={request.createdAt} />
            </Td>
            <Td end>
              {request.state === "pending" && (
                <Button
                  size="sm"
                  aria-label={`Withdraw the request for ${request.name}`}
                  onClick={() => onWithdraw(request)}
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

function decisionWord({ state, decidedBy, decision }: AccessRequest): string {
  if (state === "pending") return "waits for whoever may grant it";
  if (state === "withdrawn") return "";
  const by = decidedBy?.name ?? "somebody";
  return decision ? `${by}: ${decision}` : `by ${by}, without a comment`;
}
