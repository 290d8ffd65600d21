"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { KeyTable } from "@/components/keys/key-table";
import { RevokeKeyDialog } from "@/components/keys/revoke-key-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { ApiKey } from "@/lib/auth";
import { principalKeysQuery } from "@/lib/auth/client";

/** One principal's keys, each of which can be ended. */
export function PrincipalKeys({ id, empty }: { id: string; empty: string }) {
  const keys = useQuery(principalKeysQuery(id));
  const [revoking, setRevoking] = useState<ApiKey>();
  if (keys.isPending) return <RowsSkeleton rows={2} />;
  if (keys.isError)
    return <ErrorState title="Keys could not be read" error={keys.error} onRetry={keys.refetch} />;
  if (keys.data.length === 0) return <p className="px-4 text-small text-fg-muted">{empty}</p>;
  return (
    <>
      <KeyTable keys={keys.data} onRevoke={setRevoking} />
      {revoking && <RevokeKeyDialog apiKey={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  );
}
