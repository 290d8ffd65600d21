"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { DecisionComment } from "@/components/requests/decision-comment";
import { Button } from "@/components/ui/button";
import { Consequence } from "@/components/ui/consequence";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Note } from "@/components/ui/note";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { toast } from "@/components/ui/toaster";
import { useSend } from "@/components/ui/use-send";
import type { MoveRequest } from "@/lib/prompts";
import { decideMove, promptQuery, refreshPrompts } from "@/lib/prompts/client";
import { MoveEnds } from "../one/aliases/move-ends";
import { promptPath } from "../paths";
import { PromptName } from "../prompt-name";
import { fromTo } from "./request-words";

/** Both versions, what differs, then the decision with a word to whoever asked. */
export function DecideDialog({ request, onClose }: { request: MoveRequest; onClose: () => void }) {
  const cache = useQueryClient();
  const { id, alias, from, to, why, requestedBy } = request;
  const { fullName } = request.prompt;
  const prompt = useQuery(promptQuery(fullName));
  const [comment, setComment] = useState("");
  const sending = useSend<"approve" | "reject", unknown>(
    (decision) => decideMove(id, { decision, comment }).then(() => toast(doneWord(decision, request))),
    () => {
      void refreshPrompts(cache);
      onClose();
    },
  );
  const stands = prompt.data?.aliases.find((each) => each.alias === alias)?.version ?? null;
  const hasMoved = prompt.isSuccess && stands !== from;
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={`Move ${alias}: ${fromTo(request)}?`}
      subtitle={<PromptName fullName={fullName} />}
      footer={
        <>
          <Consequence>Approving moves it at once; callers get v{to} within 60 s.</Consequence>
          <Button variant="danger" busy={sending.busy} onClick={() => sending.send("reject")}>
            Reject
          </Button>
          <Button
            variant="primary"
            busy={sending.busy}
            disabledReason={approvalStop(prompt.isSuccess, hasMoved, alias)}
            onClick={() => sending.send("approve")}
          >
            Approve
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <blockquote className="border-l-2 border-line-strong pl-3 wrap-anywhere whitespace-pre-wrap">
          {why || "No reason given."}
          <span className="block text-small text-fg-subtle">{requestedBy.name}</span>
        </blockquote>
        {prompt.isPending ? (
          <RowsSkeleton rows={3} />
        ) : prompt.isError ? (
          <ErrorState
            title="The versions could not be read"
            error={prompt.error}
            onRetry={() => void prompt.refetch()}
          />
        ) : (
          <MoveEnds prompt={prompt.data} alias={alias} from={from} to={to} />
        )}
        <Link
          href={promptPath(fullName, { version: to, against: from ?? undefined })}
          className="justify-self-start text-accent hover:text-accent-strong"
        >
          {from === null ? `Read v${to}` : `Compare v${from} and v${to}`}
        </Link>
        {hasMoved && (
          <Note tone="warn">
            {alias} {stands === null ? "points nowhere" : `stands at v${stands}`} now,{" "}
            {from === null ? "and did not exist" : `not at v${from}`} when this was asked. It takes a new
            request.
          </Note>
        )}
        <DecisionComment value={comment} onChange={setComment} error={sending.error} />
      </div>
    </Dialog>
  );
}

function approvalStop(isRead: boolean, hasMoved: boolean, alias: string): string | undefined {
  if (!isRead) return "The versions have to be read first";
  return hasMoved ? `${alias} has moved since` : undefined;
}

const doneWord = (decision: "approve" | "reject", { alias, to, requestedBy }: MoveRequest) =>
  decision === "approve" ? `${alias} points to v${to} now.` : `Rejected: ${requestedBy.name} sees it.`;
