"use client";
import { useQuery } from "@tanstack/react-query";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import { modelsQuery } from "@/lib/gateway/client";
import { type RegisteredModel, versionCreation } from "@/lib/registry";
import { createVersion } from "@/lib/registry/client";
import { ServedPicker } from "./served-picker";
import { useChanged } from "./use-changed";

/** What is served now as the next version. */
export function AddVersionDialog({ model, onClose }: { model: RegisteredModel; onClose: () => void }) {
  const changed = useChanged(onClose);
  const models = useQuery(modelsQuery());
  const fields = useForm({
    schema: versionCreation,
    initial: { servedAs: "" },
    send: (values) => createVersion(model.id, values),
    onDone: ({ name, versions }) => changed(`${name} v${versions[0]?.number} is registered.`),
  });
  return (
    <FormDialog
      title="Add a version"
      subtitle={model.name}
      form={fields}
      verb="Add version"
      consequence="No alias moves by it."
      onClose={onClose}
    >
      <Field
        label="Model"
        hint="What calls reach under this name now is what the version is."
        error={fields.errorOf("servedAs")}
      >
        <ServedPicker
          models={models.data ?? []}
          value={fields.values.servedAs}
          onChange={(servedAs) => fields.set("servedAs", servedAs)}
        />
      </Field>
    </FormDialog>
  );
}
