"use client";
import { z } from "zod";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Textarea } from "@/components/ui/textarea";
import { useForm } from "@/components/ui/use-form";
import type { ModelVersion, RegisteredModel } from "@/lib/registry";
import { updateVersion } from "@/lib/registry/client";
import { formatTags, tagText } from "./tag-text";
import { useChanged } from "./use-changed";

interface VersionTagsDialogProps {
  model: RegisteredModel;
  version: ModelVersion;
  onClose: () => void;
}

/** Tags of one version. */
export function VersionTagsDialog({ model, version, onClose }: VersionTagsDialogProps) {
  const changed = useChanged(onClose);
  const fields = useForm({
    schema: z.object({ tags: tagText }),
    initial: { tags: formatTags(version.tags) },
    send: (values) => updateVersion(model.id, version.number, values),
    onDone: () => changed(`Tags of v${version.number} are saved.`),
  });
  return (
    <FormDialog
      title={`Tags of v${version.number}`}
      subtitle={model.name}
      form={fields}
      verb="Save tags"
      onClose={onClose}
    >
      <Field label="Tags" hint="One in a line: key: value." error={fields.errorOf("tags")}>
        <Textarea
          mono
          autoFocus
          value={fields.values.tags}
          placeholder="trained-on: tickets of October"
          onChange={(event) => fields.set("tags", event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}
