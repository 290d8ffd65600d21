"use client";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import type { Approval } from "@/lib/registry";
import { ApprovalState } from "./approval-state";
import type { TabProps } from "./tab-props";
import { VersionBar } from "./version-bar";
import { approvalWord } from "./words";

/** Who asked for a version's approval, who decided, and what they said. */
export function ApprovalTab(props: TabProps) {
  const { model, version, me, open } = props;
  const { number, approvals } = version;
  const last = approvalWord(version);
  const isOpen = last?.state === "pending";
  const ask = () => open({ kind: "request", version: number });
  return (
    <>
      <VersionBar {...props}>
        {isOpen ? (
          (model.may.manage || last.requestedBy.id === me.id) && (
            <Button onClick={() => open({ kind: "decide", version: number })}>
              {model.may.manage ? "Decide" : "Withdraw"}
            </Button>
          )
        ) : (
          <Button
            disabledReason={last?.state === "approved" ? `v${number} is approved` : undefined}
            onClick={ask}
          >
            Ask for approval
          </Button>
        )}
      </VersionBar>
      {approvals.length === 0 ? (
        <EmptyState kind="review" title={`Nobody asked to approve v${number}`}>
          {model.approvalRequired
            ? `Aliases of ${model.name} point to approved versions only.`
            : "Aliases can point to it all the same: this model does not require approval."}
        </EmptyState>
      ) : (
        <ol>
          {approvals.map((approval) => (
            <Request key={approval.id} approval={approval} />
          ))}
        </ol>
      )}
    </>
  );
}

function Request({ approval }: { approval: Approval }) {
  const { requestedBy, requestedAt, comment, decidedBy, decidedAt, decision } = approval;
  const isOwn = decidedBy?.id === requestedBy.id && approval.state !== "withdrawn";
  return (
    <li className="grid gap-1.5 border-b px-4 py-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <ApprovalState approval={approval} />
        <span className="text-small text-fg-muted">
          asked by {requestedBy.name}, <Time at={requestedAt} />
        </span>
      </p>
      {comment && <p className="max-w-180 wrap-anywhere whitespace-pre-line">{comment}</p>}
      {decidedBy && decidedAt && (
        <div className="border-l-2 border-line-strong pl-3">
          <p className="text-small text-fg-muted">
            {approval.state} by {decidedBy.name}
            {isOwn ? ", who asked: nobody else could decide" : ""}, <Time at={decidedAt} />
          </p>
          {decision && <p className="max-w-180 wrap-anywhere whitespace-pre-line">{decision}</p>}
        </div>
      )}
    </li>
  );
}
