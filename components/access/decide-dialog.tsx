"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { DecisionComment } from "@/components/requests/decision-comment";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Consequence } from "@/components/ui/consequence";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { toast } from "@/components/ui/toaster";
import { useSend } from "@/components/ui/use-send";
import type { AccessRequest } from "@/lib/catalog";
import { catalogKey, decideRequest, decisionEffectQuery } from "@/lib/catalog/client";
import { EffectView } from "./effect-view";
import { listWord } from "./words";

/** What granting a request would do, then the decision with a word to the requester. */
export function DecideDialog({ request, onClose }: { request: AccessRequest; onClose: () => void }) {
  const cache = useQueryClient();
  const effect = useQuery(decisionEffectQuery(request.id));
  const [comment, setComment] = useState("");
  const [withPreconditions, setWith] = useState(true);
  const also = effect.data?.also ?? [];
  const sending = useSend<"grant" | "deny", unknown>(
    (decision) => decideRequest(request.id, { decision, comment, withPreconditions }),
    () => {
      void cache.invalidateQueries({ queryKey: catalogKey });
      toast(`Decided: ${request.requester.name} sees it.`);
      onClose();
    },
  );
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={`Grant ${request.privileges.join(", ")} to ${request.requester.name}?`}
      subtitle={request.object?.fullName ?? request.name}
      footer={
        <>
          <Consequence>Either stands in the audit log, with the comment.</Consequence>
          <Button onClick={() => sending.send("deny")} variant="danger" busy={sending.busy}>
            Deny
          </Button>
          <Button
            variant="primary"
            busy={sending.busy}
            disabledReason={effect.isError ? "It cannot be granted: see above" : undefined}
            onClick={() => sending.send("grant")}
          >
            Grant
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {request.comment && (
          <blockquote className="border-l-2 border-line-strong pl-3 whitespace-pre-wrap">
            {request.comment}
          </blockquote>
        )}
        {effect.isPending ? (
          <RowsSkeleton rows={2} />
        ) : effect.isError ? (
          <ErrorState
            title="It cannot be granted"
            error={effect.error}
            onRetry={() => void effect.refetch()}
          />
        ) : (
          <EffectView effect={withPreconditions ? effect.data.together : effect.data.alone} />
        )}
        {also.length > 0 && (
          <Checkbox checked={withPreconditions} onChange={setWith}>
            Also grants {listWord(also.map(({ privilege, on }) => `${privilege} on ${on.fullName}`))}, without
            which it cannot be used
          </Checkbox>
        )}
        <DecisionComment value={comment} onChange={setComment} error={sending.error} />
      </div>
    </Dialog>
  );
}
