import type { ReactNode } from "react";
import { Td, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { RequestState, type State } from "./request-state";

/** The last heads of a table of requests to decide, behind those of what is asked. */
export function InboxHeads() {
  return (
    <>
      <Th narrow="hide">Why</Th>
      <Th narrow="hide" end>
        Since
      </Th>
      <Th end>
        <span className="sr-only">Decision</span>
      </Th>
    </>
  );
}

interface InboxCellsProps {
  why: string;
  since: string;
  request: { state: State; decision: string };
  /** Where it can be decided, what opens that; else its state stands there. */
  children: ReactNode;
}

/** The last cells of a request that somebody else made. */
export function InboxCells({ why, since, request, children }: InboxCellsProps) {
  const { state, decision } = request;
  return (
    <>
      <Td narrow="hide" className="max-w-70 truncate text-fg-muted" title={why}>
        {why || "no reason given"}
      </Td>
      <Td narrow="hide" end className="text-fg-muted">
        <Time at={since} />
      </Td>
      <Td end>
        {children || (
          <span title={decision || undefined}>
            <RequestState state={state} />
          </span>
        )}
      </Td>
    </>
  );
}
