"use client";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Note } from "@/components/ui/note";
import type { CatalogObject, PrincipalRef } from "@/lib/catalog";
import { transferOwner } from "@/lib/catalog/client";
import { isAppError } from "@/lib/core";
import { PrincipalsField } from "./principals-field";
import { useChanged } from "./use-changed";

/** Gives an object to a person, group or service principal. */
export function OwnerDialog({ object, onClose }: { object: CatalogObject; onClose: () => void }) {
  const { id, name, fullName, owner, revision } = object;
  const [chosen, setChosen] = useState<readonly PrincipalRef[]>([]);
  const changed = useChanged(onClose);
  const [next] = chosen;
  const act = async () => {
    if (!next) return;
    try {
      await transferOwner(id, { principalId: next.id, revision });
    } catch (error) {
      // It was given away, and whoever gave it may not see it any more.
      if (!isAppError(error) || error.code !== "not_found") throw error;
    }
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Transfer ${name}`}
      subtitle={fullName}
      verb="Transfer owner"
      disabledReason={
        !next ? "Choose who gets it" : next.id === owner.id ? `${owner.name} owns it already` : undefined
      }
      consequence="Effective on the next request."
      act={act}
      onDone={() => changed(`${next?.name ?? "Somebody"} owns ${name} now.`)}
    >
      <Field label="New owner" hint="May do everything with it and with what is in it.">
        <PrincipalsField single value={chosen} onChange={setChosen} />
      </Field>
      <Note>{owner.name} keeps what was granted, and loses what came from owning it.</Note>
    </ConfirmDialog>
  );
}
