"use client";
import { useQuery } from "@tanstack/react-query";
import { Drawer } from "@/components/ui/drawer";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { auditEventQuery } from "@/lib/audit-log/client";
import { EventDetails } from "./event-details";
import type { AuditView } from "./use-audit-view";

/** All of the open row. */
export function EventDrawer({ id, view }: { id: string; view: AuditView }) {
  const event = useQuery({ ...auditEventQuery(id), staleTime: Number.POSITIVE_INFINITY });
  return (
    <Drawer
      open
      onClose={() => view.open(undefined)}
      title={event.data ? `Row ${event.data.seq}` : "Row"}
      className="w-72!"
    >
      {event.isPending && <RowsSkeleton rows={10} />}
      {event.isError && (
        <ErrorState
          title="The row could not be read"
          error={event.error}
          onRetry={() => void event.refetch()}
        />
      )}
      {event.data && <EventDetails event={event.data} onNarrow={view.narrow} />}
    </Drawer>
  );
}
