"use client";
import { z } from "zod";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Textarea } from "@/components/ui/textarea";
import { useForm } from "@/components/ui/use-form";
import type { CatalogObject } from "@/lib/catalog";
import { changeTags } from "@/lib/catalog/client";
import { formatPairs, pairText } from "./pair-text";
import { useChanged } from "./use-changed";

const form = z.object({ tags: pairText });

interface TagsDialogProps {
  object: CatalogObject;
  /** A column of a table; empty for the object itself. */
  part: string;
  onClose: () => void;
}

/** Tags of an object, or of a part of it. */
export function TagsDialog({ object, part, onClose }: TagsDialogProps) {
  const { id, fullName } = object;
  const name = part || object.name;
  const changed = useChanged(onClose);
  const before = Object.fromEntries(
    object.tags.filter((tag) => tag.part === part).map(({ key, value }) => [key, value]),
  );
  const fields = useForm({
    schema: form,
    initial: { tags: formatPairs(before) },
    send: ({ tags }) => {
      const remove = Object.keys(before).filter((key) => !(key in tags));
      const set = Object.fromEntries(Object.entries(tags).filter(([key, value]) => before[key] !== value));
      return changeTags(id, { part, set, remove });
    },
    onDone: () => changed(`Tags of ${name} are changed.`),
  });
  return (
    <FormDialog
      title={`Tags of ${name}`}
      subtitle={fullName}
      form={fields}
      verb="Save tags"
      onClose={onClose}
    >
      <Field
        label="Tags"
        hint="One in a line: key: value. Upper and lower case are told apart."
        error={fields.errorOf("tags")}
      >
        <Textarea
          mono
          value={fields.values.tags}
          placeholder="pii: e-mail"
          onChange={(event) => fields.set("tags", event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}
