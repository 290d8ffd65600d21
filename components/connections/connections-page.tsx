"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHead } from "@/components/ui/page-head";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { useFlag } from "@/components/ui/use-flag";
import type { Connection } from "@/lib/gateway";
import { connectionsQuery } from "@/lib/gateway/client";
import { ConnectionDialog } from "./connection-dialog";
import { ConnectionTable } from "./connection-table";
import { DeleteConnectionDialog } from "./delete-connection-dialog";

/** APIs elsewhere whose models are called through this workbench. */
export function ConnectionsPage() {
  const [adding, setAdding] = useFlag("new");
  const [editing, setEditing] = useState<Connection>();
  const [deleting, setDeleting] = useState<Connection>();
  return (
    <>
      <PageHead
        kind="connection"
        title="Connections"
        actions={
          <Button variant="primary" icon="plus" onClick={() => setAdding(true)}>
            Add connection
          </Button>
        }
      >
        Any OpenAI-compatible API, hosted or on another machine. Its models stand beside the built-in ones, in
        the playground and under /v1.
      </PageHead>
      <ConnectionList onAdd={() => setAdding(true)} onEdit={setEditing} onDelete={setDeleting} />
      {adding && <ConnectionDialog onClose={() => setAdding(false)} />}
      {editing && <ConnectionDialog connection={editing} onClose={() => setEditing(undefined)} />}
      {deleting && <DeleteConnectionDialog connection={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}

interface ConnectionListProps {
  onAdd: () => void;
  onEdit: (connection: Connection) => void;
  onDelete: (connection: Connection) => void;
}

function ConnectionList({ onAdd, onEdit, onDelete }: ConnectionListProps) {
  const connections = useQuery(connectionsQuery());
  if (connections.isPending) return <RowsSkeleton rows={3} />;
  if (connections.isError) {
    return (
      <ErrorState
        title="Connections could not be read"
        error={connections.error}
        onRetry={connections.refetch}
      />
    );
  }
  if (connections.data.length === 0) {
    return (
      <EmptyState
        kind="connection"
        title="No connections yet"
        action={<Button onClick={onAdd}>Add a connection</Button>}
      >
        The built-in models need none. Add one for larger models.
      </EmptyState>
    );
  }
  return <ConnectionTable connections={connections.data} onEdit={onEdit} onDelete={onDelete} />;
}
