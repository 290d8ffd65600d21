"use client";
import { OwnCells, OwnHeads } from "@/components/requests/own-columns";
import { Button } from "@/components/ui/button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { AccessRequest } from "@/lib/catalog";
import { AskedObject } from "./asked-object";

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
          <OwnHeads />
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
            <OwnCells asked={request.createdAt} request={request} outcome={decisionWord(request)}>
              {request.state === "pending" && (
                <Button
                  size="sm"
                  aria-label={`Withdraw the request for ${request.name}`}
                  onClick={() => onWithdraw(request)}
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

function decisionWord({ state, decidedBy, decision }: AccessRequest): string {
  if (state === "pending") return "waits for whoever may grant it";
  if (state === "withdrawn") return "";
  const by = decidedBy?.name ?? "somebody";
  return decision ? `${by}: ${decision}` : `by ${by}, without a comment`;
}
