"use client";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { RowActions, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ApiKey } from "@/lib/auth";
import { keyState } from "./key-state";
import { ScopesBadge } from "./scopes-badge";

interface KeyTableProps {
  keys: readonly ApiKey[];
  onRevoke: (key: ApiKey) => void;
}

export function KeyTable({ keys, onRevoke }: KeyTableProps) {
  return (
    <Table label="API keys">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th narrow="hide">Key</Th>
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
          <KeyRow key={key.id} apiKey={key} onRevoke={() => onRevoke(key)} />
        ))}
      </tbody>
    </Table>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const state = keyState(apiKey.expiresAt);
  const used = apiKey.lastUsedAt ? <Time at={apiKey.lastUsedAt} /> : "never used";
  return (
    <Tr>
      <Td className="max-w-60 truncate">
        <b>{apiKey.name}</b>
        <span className="block text-small text-fg-subtle sm:hidden">{used}</span>
      </Td>
      <Td narrow="hide" className="font-mono text-small text-fg-muted">
        tsr_{apiKey.id.slice(0, 6)}…
      </Td>
      <Td narrow="hide">
        <ScopesBadge scopes={apiKey.scopes} />
      </Td>
      <Td>
        <Badge tone={state.tone}>{state.text}</Badge>
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        <Time at={apiKey.createdAt} day />
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {apiKey.expiresAt ? <Time at={apiKey.expiresAt} day /> : "never"}
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {used}
      </Td>
      <Td className="w-10">
        <RowActions>
          <IconButton icon="trash" size="sm" label={`Revoke ${apiKey.name}`} onClick={onRevoke} />
        </RowActions>
      </Td>
    </Tr>
  );
}
