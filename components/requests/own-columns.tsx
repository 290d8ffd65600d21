import type { ComponentProps, ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Td, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { RequestState, type State } from "./request-state";

interface OwnHeadsProps {
  /** Whether the actions stay where there is no room. */
  actions?: ComponentProps<typeof Th>["narrow"];
}

/** The last heads of a table of one's own requests, behind those of what was asked. */
export function OwnHeads({ actions }: OwnHeadsProps) {
  return (
    <>
      <Th>State</Th>
      <Th narrow="hide">Decision</Th>
      <Th narrow="hide" end>
        Asked
      </Th>
      <Th narrow={actions} end>
        <span className="sr-only">Actions</span>
      </Th>
    </>
  );
}

interface OwnCellsProps extends OwnHeadsProps {
  asked: string;
  request: { state: State; decision: string; isNew: boolean };
  /** What was decided, in words. */
  outcome: string;
  /** What takes it back, where that is still possible. */
  children: ReactNode;
}

/** The last cells of a request that one made. */
export function OwnCells({ asked, request, outcome, actions, children }: OwnCellsProps) {
  const { state, decision, isNew } = request;
  return (
    <>
      <Td>
        <span className="flex items-center gap-1.5">
          <RequestState state={state} />
          {isNew && <Badge tone="accent">new</Badge>}
        </span>
      </Td>
      <Td narrow="hide" className="max-w-90 truncate text-fg-muted" title={decision}>
        {outcome}
      </Td>
      <Td narrow="hide" end className="text-fg-muted">
        <Time at={asked} />
      </Td>
      <Td narrow={actions} end>
        {children}
      </Td>
    </>
  );
}
