"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { SectionHead } from "@/components/models/section-head";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { PromptSnapshot } from "@/lib/playground";
import { promptSnapshotsQuery } from "@/lib/playground/client";
import type { PromptDetail } from "@/lib/prompts";

/** The reader's own shared comparisons in which this prompt asks. */
export function SnapshotTable({ prompt }: { prompt: PromptDetail }) {
  const snapshots = useQuery(promptSnapshotsQuery(prompt.fullName));
  return (
    <section aria-labelledby="snapshots" className="border-t">
      <SectionHead id="snapshots" title="Snapshots">
        Comparisons that you share. Revoking one drops what it held, so it leaves this list.
      </SectionHead>
      {snapshots.isPending ? (
        <RowsSkeleton rows={2} />
      ) : snapshots.isError ? (
        <ErrorState
          title="Snapshots could not be read"
          error={snapshots.error}
          onRetry={() => void snapshots.refetch()}
        />
      ) : (
        <Rows name={prompt.name} rows={snapshots.data} />
      )}
    </section>
  );
}

function Rows({ name, rows }: { name: string; rows: readonly PromptSnapshot[] }) {
  if (rows.length === 0) {
    return (
      <p className="px-4 py-3 text-small text-fg-subtle">
        None of yours uses it. Share a comparison in the playground to freeze it under a link.
      </p>
    );
  }
  return (
    <Table label={`Your snapshots with ${name}`}>
      <thead>
        <tr>
          <Th>Title</Th>
          <Th>Versions</Th>
          <Th end>Shared</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, title, versions, createdAt }) => (
          <Tr key={id}>
            <Td className="max-w-70 truncate">
              <Link
                href={`/playground/shared/${encodeURIComponent(id)}`}
                className="inline-flex items-center hover:text-accent max-sm:min-h-11"
              >
                {title}
              </Link>
            </Td>
            <Td className="text-fg-muted">{versions.map((version) => `v${version}`).join(", ")}</Td>
            <Td end className="text-fg-muted">
              <Time at={createdAt} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
