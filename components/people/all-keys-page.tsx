"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { RevokeKeyDialog } from "@/components/keys/revoke-key-dialog";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { OwnedKey } from "@/lib/auth";
import { allKeysQuery } from "@/lib/auth/client";
import { OwnedKeysTable } from "./owned-keys-table";
import { PeopleArea } from "./people-area";
import { SearchBar } from "./search-bar";
import { useSearch } from "./use-search";

/** Everybody's keys, with whose they are and what they may do at most. */
export function AllKeysPage() {
  const [q, setQ] = useSearch();
  const keys = useQuery(allKeysQuery(q ? { q } : {}));
  const [revoking, setRevoking] = useState<OwnedKey>();
  return (
    <>
      <PeopleArea kind="key" title="Keys">
        Every key that works now. A key may do what its owner may do at that moment, within its scopes.
      </PeopleArea>
      <SearchBar
        label="Find a key or owner"
        value={q}
        onChange={setQ}
        total={keys.data?.total}
        listed={keys.data?.keys.length ?? 0}
        nouns={["key", "keys"]}
      />
      <KeyList keys={keys} searched={q !== ""} onClear={() => setQ("")} onRevoke={setRevoking} />
      {revoking && <RevokeKeyDialog apiKey={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  );
}

interface KeyListProps {
  keys: UseQueryResult<{ keys: OwnedKey[]; total: number }>;
  searched: boolean;
  onClear: () => void;
  onRevoke: (key: OwnedKey) => void;
}

function KeyList({ keys, searched, onClear, onRevoke }: KeyListProps) {
  if (keys.isPending) return <RowsSkeleton />;
  if (keys.isError)
    return <ErrorState title="Keys could not be read" error={keys.error} onRetry={keys.refetch} />;
  if (keys.data.keys.length > 0) return <OwnedKeysTable keys={keys.data.keys} onRevoke={onRevoke} />;
  return searched ? (
    <EmptyState kind="key" title="No key matches" action={<Button onClick={onClear}>Show all keys</Button>}>
      Names of keys and their owners are searched.
    </EmptyState>
  ) : (
    <EmptyState
      kind="key"
      title="Nobody has a key"
      action={<ButtonLink href="/keys?new">Create a key</ButtonLink>}
    >
      People make keys of their own; those of a service principal are made on its page.
    </EmptyState>
  );
}
