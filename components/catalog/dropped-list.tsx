"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { KindIcon } from "@/components/ui/kind-icon";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { DroppedObject } from "@/lib/catalog";
import { droppedQuery, restoreObject } from "@/lib/catalog/client";
import { FullName } from "./full-name";
import { useChanged } from "./use-changed";
import { iconOf } from "./words";

/** What can be brought back, until when. */
export function DroppedList() {
  const dropped = useQuery(droppedQuery());
  const [asked, setAsked] = useState<DroppedObject>();
  const changed = useChanged(() => setAsked(undefined));
  if (dropped.isPending) return <RowsSkeleton rows={4} />;
  if (dropped.isError) {
    return (
      <ErrorState
        title="What was dropped could not be read"
        error={dropped.error}
        onRetry={() => void dropped.refetch()}
      />
    );
  }
  if (dropped.data.length === 0) {
    return (
      <EmptyState
        kind="catalog"
        title="Nothing to bring back"
        action={<ButtonLink href="/catalog">Open the catalog</ButtonLink>}
      >
        What is dropped stays here for seven days.
      </EmptyState>
    );
  }
  return (
    <>
      <Table label="Dropped objects">
        <thead>
          <tr>
            <Th className="w-full">Name</Th>
            <Th end narrow="hide">
              Held
            </Th>
            <Th narrow="hide">Dropped by</Th>
            <Th end narrow="hide">
              Dropped
            </Th>
            <Th end narrow="hide">
              Until
            </Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {dropped.data.map((object) => (
            <Tr key={object.id}>
              <Td className="max-w-0">
                <span className="flex min-w-0 items-center gap-2">
                  <KindIcon kind={iconOf(object.kind)} />
                  <FullName object={object} />
                </span>
              </Td>
              <Td end narrow="hide" className="text-fg-muted">
                {object.contents.toLocaleString("en-US")}
              </Td>
              <Td narrow="hide" className="text-fg-muted">
                {object.droppedBy?.name ?? "unknown"}
              </Td>
              <Td end narrow="hide" className="text-fg-muted">
                <Time at={object.droppedAt} />
              </Td>
              <Td end narrow="hide" className="text-fg-muted">
                <Time at={object.until} />
              </Td>
              <Td>
                <Button size="sm" icon="again" onClick={() => setAsked(object)}>
                  Bring back
                </Button>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {asked && (
        <ConfirmDialog
          open
          onClose={() => setAsked(undefined)}
          title={`Bring ${asked.name} back?`}
          subtitle={asked.fullName}
          verb={`Bring ${asked.name} back`}
          consequence="Effective on the next request."
          act={() => restoreObject(asked.id)}
          onDone={() => changed(`${asked.fullName} is back, with its grants.`)}
        >
          <p>
            {asked.contents > 0 ? `It comes back with the ${asked.contents} objects that went with it. ` : ""}
            Whoever had rights on it has them again.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
