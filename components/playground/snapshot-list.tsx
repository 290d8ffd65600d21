"use client";
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { Time } from "@/components/ui/time";
import type { SnapshotSummary } from "@/lib/playground";
import { snapshotsQuery } from "@/lib/playground/client";

interface SnapshotListProps {
  /** Null until it is saved. Links from before that belong to no saved comparison and are listed too. */
  sessionId: string | null;
  linkOf: (snapshot: SnapshotSummary) => string;
  onRevoke: (snapshot: SnapshotSummary) => void;
}

/** The links to a comparison that work now. */
export function SnapshotList({ sessionId, linkOf, onRevoke }: SnapshotListProps) {
  const snapshots = useQuery(snapshotsQuery());
  if (snapshots.isPending) return <RowsSkeleton rows={2} />;
  if (snapshots.isError) {
    return (
      <ErrorState
        title="Earlier links could not be read"
        error={snapshots.error}
        onRetry={() => void snapshots.refetch()}
      />
    );
  }
  const listed = snapshots.data.filter((snapshot) => [sessionId, null].includes(snapshot.sessionId));
  if (listed.length === 0) return null;
  return (
    <section aria-labelledby="snapshots">
      <h3 id="snapshots" className="mb-1 text-small text-fg-muted">
        {listed.some((snapshot) => snapshot.sessionId === null)
          ? "Links to this comparison and to some that were not saved"
          : "Links to this comparison"}
      </h3>
      <ul className="border-t">
        {listed.map((snapshot) => (
          <li key={snapshot.id} className="flex min-h-(--h-row) items-center gap-2 border-b py-0.5">
            <a href={linkOf(snapshot)} className="min-w-0 flex-1 truncate hover:text-accent">
              {snapshot.title}
            </a>
            <span className="text-micro text-fg-subtle">
              <Time at={snapshot.createdAt} />
            </span>
            <CopyButton text={linkOf(snapshot)} label={`Copy the link to ${snapshot.title}`} compact />
            <Button size="sm" variant="danger" onClick={() => onRevoke(snapshot)}>
              Revoke
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
