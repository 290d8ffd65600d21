"use client";
import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { Section } from "@/components/people/section";
import { Crumb } from "@/components/shell/crumb";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Note } from "@/components/ui/note";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { useHere } from "@/components/ui/use-here";
import { moveRequestsQuery } from "@/lib/prompts/client";
import { requestsPath } from "../paths";
import { DecideDialog } from "./decide-dialog";
import { LibraryArea } from "./library-area";
import { OwnRequests } from "./own-requests";
import { RequestInbox } from "./request-inbox";
import { useSeen } from "./use-seen";
import { WithdrawDialog } from "./withdraw-dialog";

/** Requests to move aliases: those to decide, and one's own with what became of them. */
export function RequestsPage() {
  // The count beside the tab may have read them before this is taken over from the server.
  const here = useHere();
  const requests = useQuery(moveRequestsQuery());
  const pathname = usePathname();
  const wanted = useSearchParams().get("request");
  const open = (id?: string) =>
    window.history.replaceState(null, "", id === undefined ? pathname : requestsPath(id));
  const unmarked = useSeen(requests.data?.own);
  const { inbox, own } = requests.data ?? { inbox: [], own: [] };
  const asked = [...inbox, ...own].find(({ id }) => id === wanted);
  return (
    <>
      <Crumb label="Requests" />
      <LibraryArea>Moves of aliases that wait until somebody who may decide says yes.</LibraryArea>
      {unmarked && (
        <Note tone="warn" className="m-3">
          The decisions could not be marked as seen, so they stay new. {unmarked.message}
        </Note>
      )}
      {here && wanted && requests.isSuccess && !(asked?.may.decide || asked?.may.withdraw) && (
        <Note className="m-3">
          {asked ? `This request is ${asked.state}.` : "That request is gone, or is not yours to decide."}
        </Note>
      )}
      {!here || requests.isPending ? (
        <RowsSkeleton />
      ) : requests.isError ? (
        <ErrorState
          title="Requests could not be read"
          error={requests.error}
          onRetry={() => void requests.refetch()}
        />
      ) : inbox.length + own.length === 0 ? (
        <EmptyState
          kind="prompt"
          title="No requests"
          action={<ButtonLink href="/prompts">Open the library</ButtonLink>}
        >
          Whoever may not move an alias asks for it: your requests, and those that you may decide, stand here.
        </EmptyState>
      ) : (
        <>
          {inbox.length > 0 && (
            <Section title="To decide" count={inbox.filter(({ may }) => may.decide).length}>
              <RequestInbox requests={inbox} onOpen={({ id }) => open(id)} />
            </Section>
          )}
          {own.length > 0 && (
            <Section title="Yours" count={own.length}>
              <OwnRequests requests={own} onOpen={({ id }) => open(id)} />
            </Section>
          )}
        </>
      )}
      {here && asked?.may.decide && <DecideDialog key={asked.id} request={asked} onClose={() => open()} />}
      {here && asked?.may.withdraw && (
        <WithdrawDialog key={asked.id} request={asked} onClose={() => open()} />
      )}
    </>
  );
}
