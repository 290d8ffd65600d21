"use client";
import { IconButton } from "@/components/ui/icon-button";
import { KindIcon } from "@/components/ui/kind-icon";
import { RowActions, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Connection } from "@/lib/gateway";

interface ConnectionTableProps {
  connections: readonly Connection[];
  onEdit: (connection: Connection) => void;
  onDelete: (connection: Connection) => void;
}

export function ConnectionTable({ connections, onEdit, onDelete }: ConnectionTableProps) {
  return (
    <Table label="Connections">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th narrow="hide">Base URL</Th>
          <Th narrow="hide">Key</Th>
          <Th end>Models</Th>
          <Th end narrow="hide">
            Changed
          </Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {connections.map((connection) => (
          <Tr key={connection.id}>
            <Td className="max-w-60 truncate">
              <span className="inline-flex max-w-full items-center gap-2 align-middle">
                <KindIcon kind="connection" />
                <button
                  type="button"
                  className="truncate font-strong hover:text-accent"
                  onClick={() => onEdit(connection)}
                >
                  {connection.name}
                </button>
              </span>
              <span className="block truncate font-mono text-micro text-fg-subtle sm:hidden">
                {connection.baseUrl}
              </span>
            </Td>
            <Td narrow="hide" className="max-w-90 truncate font-mono text-small text-fg-muted">
              {connection.baseUrl ?? "not shown"}
            </Td>
            <Td narrow="hide" className="font-mono text-small text-fg-muted">
              {connection.keyLast4 ? (
                `…${connection.keyLast4}`
              ) : (
                <span className="font-sans text-base">none</span>
              )}
            </Td>
            <Td end>{connection.models.length}</Td>
            <Td end narrow="hide" className="text-fg-muted">
              <Time at={connection.updatedAt} />
            </Td>
            <Td className="w-18">
              <RowActions>
                <IconButton
                  icon="pencil"
                  size="sm"
                  label={`Edit ${connection.name}`}
                  onClick={() => onEdit(connection)}
                />
                <IconButton
                  icon="trash"
                  size="sm"
                  label={`Delete ${connection.name}`}
                  onClick={() => onDelete(connection)}
                />
              </RowActions>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
