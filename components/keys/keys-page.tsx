"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHead } from "@/components/ui/page-head";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { useFlag } from "@/components/ui/use-flag";
import type { ApiKey } from "@/lib/auth";
import { keysQuery } from "@/lib/auth/client";
import { CreateKeyDialog } from "./create-key-dialog";
import { KeyTable } from "./key-table";
import { RevokeKeyDialog } from "./revoke-key-dialog";

/** Keys with which programs call the workbench as their owner. */
export function KeysPage() {
  const [creating, setCreating] = useFlag("new");
  const [revoking, setRevoking] = useState<ApiKey>();
  return (
    <>
      <PageHead
        kind="key"
        title="API keys"
        actions={
          <Button variant="primary" icon="plus" onClick={() => setCreating(true)}>
            Create key
          </Button>
        }
      >
        With a key any OpenAI client calls the models here. A key acts as its owner and is shown once.
      </PageHead>
      <KeyList onCreate={() => setCreating(true)} onRevoke={setRevoking} />
      <CreateKeyDialog open={creating} onClose={() => setCreating(false)} />
      {revoking && <RevokeKeyDialog apiKey={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  );
}

function KeyList({ onCreate, onRevoke }: { onCreate: () => void; onRevoke: (key: ApiKey) => void }) {
  const keys = useQuery(keysQuery());
  if (keys.isPending) return <RowsSkeleton />;
  if (keys.isError)
    return <ErrorState title="Keys could not be read" error={keys.error} onRetry={keys.refetch} />;
  if (keys.data.length === 0) {
    return (
      <EmptyState kind="key" title="No keys yet" action={<Button onClick={onCreate}>Create a key</Button>}>
        Create one to call <code>/v1</code> from a program.
      </EmptyState>
    );
  }
  return <KeyTable keys={keys.data} onRevoke={onRevoke} />;
}
