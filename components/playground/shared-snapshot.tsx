"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Crumb } from "@/components/shell/crumb";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { Time } from "@/components/ui/time";
import { useSend } from "@/components/ui/use-send";
import { isAppError } from "@/lib/core";
import type { PlaygroundSnapshot } from "@/lib/playground";
import { createSession, snapshotQuery, takenOver } from "@/lib/playground/client";
import { SharedColumns } from "./shared-columns";
import { SharedPrompt } from "./shared-prompt";
import { SharedRows } from "./shared-rows";

/** A comparison that somebody shared, as it was then: to be read, and continued as one's own. */
export function SharedSnapshot({ id }: { id: string }) {
  const snapshot = useQuery(snapshotQuery(id));
  if (snapshot.isPending) return <RowsSkeleton />;
  if (snapshot.isSuccess) return <Shown snapshot={snapshot.data} />;
  if (isAppError(snapshot.error) && snapshot.error.code === "not_found") {
    return (
      <EmptyState
        kind="prompt"
        title="Nothing is shared here"
        action={
          <ButtonLink href="/playground" variant="primary">
            Open the playground
          </ButtonLink>
        }
      >
        The link is mistyped, or sharing was revoked. Whoever sent it can share it again.
      </EmptyState>
    );
  }
  return (
    <ErrorState
      title="The shared comparison could not be opened"
      error={snapshot.error}
      onRetry={() => void snapshot.refetch()}
    />
  );
}

function Shown({ snapshot }: { snapshot: PlaygroundSnapshot }) {
  const { title, sharedBy, createdAt, own, document } = snapshot;
  const router = useRouter();
  const continuing = useSend<void, { id: string }>(
    () => createSession({ title, document: takenOver(document) }),
    ({ id }) => router.push(`/playground/${id}`),
  );
  return (
    <div className="flex h-full flex-none flex-col overflow-y-auto">
      <Crumb label={title} />
      <PageHead
        kind="prompt"
        title={title}
        badges={<Badge icon="lock">read only</Badge>}
        actions={
          <Button variant="primary" busy={continuing.busy} onClick={() => continuing.send()}>
            Continue in my playground
          </Button>
        }
      >
        Shared by {own ? "you" : sharedBy}, <Time at={createdAt} />. It stays as it was then; to continue
        saves a copy of your own.
      </PageHead>
      {continuing.error && (
        <Note tone="danger" alert className="mx-4 mb-2.5">
          No copy was made. {continuing.error.message}
        </Note>
      )}
      <SharedPrompt document={document} />
      <SharedColumns document={document} />
      {document.rows.length > 0 && <SharedRows document={document} />}
    </div>
  );
}
