"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Tile } from "@/components/ui/tile";
import { Time } from "@/components/ui/time";
import { useSend } from "@/components/ui/use-send";
import type { ChainState } from "@/lib/audit-log";
import { chainQuery, keepChainState, startVerification } from "@/lib/audit-log/client";
import { figure, rowsWord } from "./words";

/** Whether the log is whole, as far as it was last walked, and the order to walk it now. */
export function ChainLine() {
  const client = useQueryClient();
  const chain = useQuery(chainQuery());
  const verify = useSend<void, ChainState>(startVerification, (state) => keepChainState(client, state));
  const running = chain.data?.running === true;
  const problem = verify.error?.message ?? chain.error?.message ?? chain.data?.problem;
  return (
    <div className="flex min-h-9 flex-none flex-wrap items-center gap-x-2.5 gap-y-1 px-4 pb-2 text-small">
      <span role="status" className="flex min-w-0 items-center gap-2">
        <State state={chain.data} problem={problem ?? undefined} />
      </span>
      <Button size="sm" busy={running || verify.busy} onClick={() => verify.send()}>
        {running ? "Verifying" : "Verify now"}
      </Button>
    </div>
  );
}

function State({ state, problem }: { state: ChainState | undefined; problem: string | undefined }) {
  if (problem) {
    return (
      <>
        <Tile status="attention" />
        <span>The chain could not be verified. {problem}</span>
      </>
    );
  }
  if (!state) return <span className="text-fg-subtle">Chain: reading</span>;
  const { report } = state;
  if (!report) {
    return (
      <>
        <Tile status="idle" />
        <span className="text-fg-muted">Chain not verified since the last start.</span>
      </>
    );
  }
  const [fault] = report.faults;
  if (fault) {
    return (
      <>
        <Tile status="failed" />
        <span className="text-danger">
          The log is not whole. {fault.message} <Time at={report.checkedAt} />
        </span>
      </>
    );
  }
  const { anchors, removedThrough, rows, lastSeq, checkedAt } = report;
  return (
    <>
      <Tile status="ready" />
      <span className="text-fg-muted">
        Chain verified to row {figure(lastSeq)}, <Time at={checkedAt} />: {rowsWord(rows)},{" "}
        {anchors.checked === 0
          ? "no anchors yet"
          : `${figure(anchors.checked)} ${anchors.checked === 1 ? "anchor" : "anchors"}`}
        {removedThrough > 0 && `, rows up to ${figure(removedThrough)} removed by retention`}.
      </span>
    </>
  );
}
