"use client";
import { z } from "zod";
import { download } from "@/components/playground/download";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { SegmentField } from "@/components/ui/segment-field";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { aliasName, latest } from "@/lib/prompts";
import { downloadPrompts } from "@/lib/prompts/client";

interface ExportDialogProps {
  /** The schema that the list is narrowed to; all of them without. */
  schema: string | undefined;
  onClose: () => void;
}

const form = z.object({ format: z.enum(["markdown", "yaml"]), alias: aliasName });

/** Prompts as files for Git, each with the version it was written from. */
export function ExportDialog({ schema, onClose }: ExportDialogProps) {
  const fields = useForm({
    schema: form,
    initial: { format: "markdown", alias: latest },
    send: (values) => downloadPrompts({ ...values, schema }),
    onDone: (archive) => {
      download(`${schema ?? "prompts"}.zip`, "application/zip", archive);
      toast(`${schema ?? "prompts"}.zip is written.`);
      onClose();
    },
  });
  const { values, set, errorOf } = fields;
  return (
    <FormDialog
      title={schema ? `Export the prompts in ${schema}` : "Export all prompts"}
      form={fields}
      verb="Export prompts"
      consequence="What you may not read, and what lacks the alias, is named in left-out.txt."
      onClose={onClose}
    >
      <SegmentField
        label="Format"
        value={values.format}
        onChange={(format) => set("format", format)}
        options={[
          { value: "markdown", label: "Markdown" },
          { value: "yaml", label: "YAML" },
        ]}
      />
      <Field
        label="Alias"
        hint="latest is the last version of each; production what applications fetch."
        error={errorOf("alias")}
      >
        <Input mono value={values.alias} onChange={(event) => set("alias", event.target.value)} />
      </Field>
    </FormDialog>
  );
}
