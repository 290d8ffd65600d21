"use client";
import { z } from "zod";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Textarea } from "@/components/ui/textarea";
import { useForm } from "@/components/ui/use-form";
import type { CatalogObject } from "@/lib/catalog";
import { updateObject } from "@/lib/catalog/client";
import { formatPairs, pairText } from "./pair-text";
import { useChanged } from "./use-changed";

const form = z.object({
  comment: z.string().max(4_000, "Use 4,000 characters or fewer."),
  properties: pairText,
});

/** What is said of an object. */
export function EditDialog({ object, onClose }: { object: CatalogObject; onClose: () => void }) {
  const { id, name, fullName, revision, comment, properties } = object;
  const changed = useChanged(onClose);
  const fields = useForm({
    schema: form,
    initial: { comment, properties: formatPairs(properties) },
    send: (values) => updateObject(id, { ...values, revision }),
    onDone: () => changed(`${name} is changed.`),
  });
  const { values, set, errorOf } = fields;
  return (
    <FormDialog title={`Edit ${name}`} subtitle={fullName} form={fields} verb="Save" onClose={onClose}>
      <Field label="Comment" hint="What it holds, for whoever finds it." error={errorOf("comment")}>
        <Textarea value={values.comment} onChange={(event) => set("comment", event.target.value)} />
      </Field>
      <Field label="Properties" hint="One in a line: key: value." error={errorOf("properties")}>
        <Textarea
          mono
          value={values.properties}
          placeholder="source: nightly_sync"
          onChange={(event) => set("properties", event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}
