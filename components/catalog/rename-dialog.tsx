"use client";
import { z } from "zod";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { useForm } from "@/components/ui/use-form";
import { calledName, securableName } from "@/lib/access";
import type { CatalogObject } from "@/lib/catalog";
import { updateObject } from "@/lib/catalog/client";
import { useChanged } from "./use-changed";

interface RenameDialogProps {
  object: CatalogObject;
  onClose: () => void;
  onNamed: (object: CatalogObject) => void;
}

/** Gives an object another name; rights stay with it. */
export function RenameDialog({ object, onClose, onNamed }: RenameDialogProps) {
  const { id, kind, name, fullName, revision } = object;
  const changed = useChanged(onClose);
  const fields = useForm({
    schema: z.object({ name: kind === "model" ? calledName : securableName }),
    initial: { name },
    send: (values) => updateObject(id, { name: values.name, revision }),
    onDone: (made) => {
      changed(`${name} is now ${made.fullName}.`);
      onNamed(made);
    },
  });
  const isContainer = kind === "catalog" || kind === "schema";
  return (
    <FormDialog
      title={`Rename ${name}`}
      subtitle={fullName}
      form={fields}
      verb="Rename"
      consequence={
        isContainer
          ? "Full names of everything in it change; grants stay."
          : "Whoever calls it by its present name is refused; grants stay."
      }
      onClose={onClose}
    >
      <Field label="Name" error={fields.errorOf("name")}>
        <Input mono value={fields.values.name} onChange={(event) => fields.set("name", event.target.value)} />
      </Field>
    </FormDialog>
  );
}
