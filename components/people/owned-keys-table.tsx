"use client";
import Link from "next/link";
import { keyState } from "@/components/keys/key-state";
import { ScopesBadge } from "@/components/keys/scopes-badge";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { KindIcon } from "@/components/ui/kind-icon";
import { RowActions, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { OwnedKey } from "@/lib/auth";
import { principalPath } from "./paths";

interface OwnedKeysTableProps {
  keys: readonly OwnedKey[];
  onRevoke: (key: OwnedKey) => void;
}

/** Keys of several owners. */
export function OwnedKeysTable({ keys, onRevoke }: OwnedKeysTableProps) {
  return (
    <Table label="Keys of everybody">
      <thead>
        <tr>
          <Th>Key</Th>
          <Th narrow="hide">Owner</Th>
          <Th narrow="hide">Scopes</Th>
          <Th>State</Th>
          <Th end narrow="hide">
            Created
          </Th>
          <Th end narrow="hide">
            Expires
          </Th>
          <Th end narrow="hide">
            Last used
          </Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <KeyRow key={key.id} owned={key} onRevoke={() => onRevoke(key)} />
        ))}
      </tbody>
    </Table>
  );
}

function KeyRow({ owned, onRevoke }: { owned: OwnedKey; onRevoke: () => void }) {
  const { id, name, owner, scopes, createdAt, expiresAt, lastUsedAt } = owned;
  const state = keyState(expiresAt);
  return (
    <Tr>
      <Td className="max-w-60 truncate max-sm:w-full max-sm:max-w-0">
        <b>{name}</b>
        <span className="ml-2 font-mono text-small text-fg-subtle max-sm:hidden">tsr_{id.slice(0, 6)}…</span>
        <span className="block truncate text-small text-fg-subtle sm:hidden">{owner.name}</span>
      </Td>
      <Td narrow="hide" className="max-w-50">
        <span className="flex min-w-0 items-center gap-2">
          <KindIcon kind={owner.kind === "service" ? "robot" : "person"} />
          <Link href={principalPath(owner)} className="truncate hover:text-accent">
            {owner.name}
          </Link>
        </span>
      </Td>
      <Td narrow="hide">
        <ScopesBadge scopes={scopes} />
      </Td>
      <Td>
        <Badge tone={state.tone}>{state.text}</Badge>
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        <Time at={createdAt} day />
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {expiresAt ? <Time at={expiresAt} day /> : "never"}
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {lastUsedAt ? <Time at={lastUsedAt} /> : "never used"}
      </Td>
      <Td className="w-10">
        <RowActions>
          <IconButton icon="trash" size="sm" label={`Revoke ${name} of ${owner.name}`} onClick={onRevoke} />
        </RowActions>
      </Td>
    </Tr>
  );
}
