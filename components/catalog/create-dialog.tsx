"use client";
import { z } from "zod";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { useForm } from "@/components/ui/use-form";
import { securableName } from "@/lib/access";
import type { CatalogObject, ObjectRef } from "@/lib/catalog";
import { createObject } from "@/lib/catalog/client";
import { useChanged } from "./use-changed";

interface CreateDialogProps {
  what: "catalog" | "schema";
  parent: ObjectRef;
  onClose: () => void;
  onMade: (made: CatalogObject) => void;
}

const form = z.object({
  name: securableName,
  comment: z.string().max(4_000, "Use 4,000 characters or fewer."),
});

/** Makes a catalog, or a schema in one. */
export function CreateDialog({ what, parent, onClose, onMade }: CreateDialogProps) {
  const changed = useChanged(onClose);
  const fields = useForm({
    schema: form,
    initial: { name: "", comment: "" },
    send: (values) => createObject({ kind: what, parentId: parent.id, ...values }),
    onDone: (made) => {
      changed(`${made.fullName} is made.`);
      onMade(made);
    },
  });
  const { values, set, errorOf } = fields;
  return (
    <FormDialog
      title={`New ${what}`}
      subtitle={what === "schema" ? `in ${parent.fullName}` : undefined}
      form={fields}
      verb={`Make ${what}`}
      consequence="You own it; nobody else may use it until you grant it."
      onClose={onClose}
    >
      <Field label="Name" error={errorOf("name")}>
        <Input mono value={values.name} onChange={(event) => set("name", event.target.value)} />
      </Field>
      <Field label="Comment" error={errorOf("comment")}>
        <Textarea value={values.comment} onChange={(event) => set("comment", event.target.value)} />
      </Field>
    </FormDialog>
  );
}
