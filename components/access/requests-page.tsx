"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { Section } from "@/components/people/section";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { useFlag } from "@/components/ui/use-flag";
import { useHere } from "@/components/ui/use-here";
import type { AccessRequest } from "@/lib/catalog";
import { requestsQuery, seeDecisions } from "@/lib/catalog/client";
import { AccessArea } from "./access-area";
import { DecideDialog } from "./decide-dialog";
import { Inbox } from "./inbox";
import { OwnRequests } from "./own-requests";
import { RequestDialog } from "./request-dialog";
import { WithdrawDialog } from "./withdraw-dialog";

/** Requests to decide, and one's own with what became of them. */
export function RequestsPage() {
  const cache = useQueryClient();
  const params = useSearchParams();
  const [asking, setAsking] = useFlag("new");
  const [deciding, setDeciding] = useState<AccessRequest>();
  const [withdrawing, setWithdrawing] = useState<AccessRequest>();
  // The count beside the tab may have read them before this is taken over from the server.
  const here = useHere();
  const requests = useQuery(requestsQuery());
  const hasNew = requests.data?.own.some(({ isNew }) => isNew) ?? false;
  // Shown is seen: the mark stays on this page, the count goes with the next look.
  useEffect(() => {
    if (!hasNew) return;
    void seeDecisions().catch(() => undefined);
    return () => void cache.invalidateQueries({ queryKey: requestsQuery().queryKey });
  }, [hasNew, cache]);
  return (
    <>
      <AccessArea
        place="Requests"
        title="Requests"
        actions={
          <Button variant="primary" icon="plus" onClick={() => setAsking(true)}>
            Request access
          </Button>
        }
      />
      {!here || requests.isPending ? (
        <RowsSkeleton />
      ) : requests.isError ? (
        <ErrorState
          title="Requests could not be read"
          error={requests.error}
          onRetry={() => void requests.refetch()}
        />
      ) : requests.data.inbox.length + requests.data.own.length === 0 ? (
        <EmptyState
          kind="key"
          title="No requests"
          action={<Button onClick={() => setAsking(true)}>Request access</Button>}
        >
          Requests you make, and those of others that you may decide, stand here.
        </EmptyState>
      ) : (
        <>
          {requests.data.inbox.length > 0 && (
            <Section
              title="To decide"
              count={requests.data.inbox.filter(({ state }) => state === "pending").length}
            >
              <Inbox requests={requests.data.inbox} onDecide={setDeciding} />
            </Section>
          )}
          {requests.data.own.length > 0 && (
            <Section title="Yours" count={requests.data.own.length}>
              <OwnRequests requests={requests.data.own} onWithdraw={setWithdrawing} />
            </Section>
          )}
        </>
      )}
      {asking && (
        <RequestDialog
          name={params.get("new") ?? ""}
          kind={params.get("kind")}
          privilege={params.get("privilege")}
          onClose={() => setAsking(false)}
        />
      )}
      {deciding && <DecideDialog request={deciding} onClose={() => setDeciding(undefined)} />}
      {withdrawing && <WithdrawDialog request={withdrawing} onClose={() => setWithdrawing(undefined)} />}
    </>
  );
}
