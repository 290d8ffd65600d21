"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Note } from "@/components/ui/note";
import { Select } from "@/components/ui/select";
import type { CatalogObject } from "@/lib/catalog";
import { treeQuery, updateObject } from "@/lib/catalog/client";
import { useChanged } from "./use-changed";

interface MoveDialogProps {
  object: CatalogObject;
  onClose: () => void;
  onNamed: (object: CatalogObject) => void;
}

/** Puts an object into another schema, or a schema into another catalog. */
export function MoveDialog({ object, onClose, onNamed }: MoveDialogProps) {
  const { id, kind, name, fullName, revision, path } = object;
  const isSchema = kind === "schema";
  const [catalogId, setCatalogId] = useState(path[0]?.id);
  const [schemaId, setSchemaId] = useState<string>();
  const catalogs = useQuery(treeQuery({ kind: "catalog" }));
  const schemas = useQuery({
    ...treeQuery({ parent: catalogId, kind: "schema" }),
    enabled: !isSchema && catalogId !== undefined,
  });
  const changed = useChanged(onClose);
  const parentId = isSchema ? catalogId : schemaId;
  const isHere = parentId === path.at(-1)?.id;
  const failed = catalogs.error ?? schemas.error;
  const options = (entries: { id: string; name: string }[] | undefined) =>
    (entries ?? []).map((entry) => ({ value: entry.id, label: entry.name }));
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Move ${name}`}
      subtitle={fullName}
      verb={`Move ${name}`}
      disabledReason={!parentId ? "Choose where it goes" : isHere ? "It lies there already" : undefined}
      consequence="Its own grants stay."
      act={async () => onNamed(await updateObject(id, { parentId, revision }))}
      onDone={() => changed(`${name} is moved.`)}
    >
      <Field label="Catalog">
        <Select
          value={catalogId}
          onChange={(next) => {
            setCatalogId(next);
            setSchemaId(undefined);
          }}
          options={options(catalogs.data?.entries)}
          placeholder="Choose a catalog"
        />
      </Field>
      {!isSchema && (
        <Field label="Schema">
          <Select
            value={schemaId}
            onChange={setSchemaId}
            options={options(schemas.data?.entries)}
            placeholder={schemas.isPending ? "Reading…" : "Choose a schema"}
          />
        </Field>
      )}
      {failed && <Note tone="danger">Where it could go was not read. {failed.message}</Note>}
      <Note>
        What it inherits from {path.at(-1)?.fullName} ends; what the new place grants holds instead.
      </Note>
    </ConfirmDialog>
  );
}
