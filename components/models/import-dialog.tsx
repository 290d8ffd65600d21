"use client";
import { useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { gatewayKeys } from "@/lib/gateway/client";
import { type Dtype, dtypes, importInput } from "@/lib/models";
import { importFolder, modelKeys } from "@/lib/models/client";

const only = "only";
const { folder, name } = importInput.shape;
const form = z.object({ folder, name: z.union([z.literal(""), name.unwrap()]), dtype: z.string() });

/** A model that lies on the server's machine already. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient();
  const { values, set, errorOf, failure, busy, submit } = useForm({
    schema: form,
    initial: { folder: "", name: "", dtype: only },
    send: ({ folder, name, dtype }) =>
      importFolder({
        folder: folder.trim(),
        ...(name ? { name } : {}),
        ...(dtype === only ? {} : { dtype: dtype as Dtype }),
      }),
    onDone: ({ name }) => {
      toast(`${name} is imported.`);
      void cache.invalidateQueries({ queryKey: modelKeys.local });
      void cache.invalidateQueries({ queryKey: gatewayKeys.models });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title="Import a folder"
      onSubmit={submit}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">
            Its files are copied; the folder stays as it is.
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy} kbd="⌘↵">
            Import
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <Field
          label="Folder"
          hint="On the server's machine, with config.json, tokenizer.json, tokenizer_config.json and an ONNX graph."
          error={errorOf("folder")}
        >
          <Input
            mono
            autoFocus
            value={values.folder}
            placeholder="/srv/models/my-model"
            onChange={(event) => set("folder", event.target.value)}
          />
        </Field>
        <Field label="Name" hint="Blank takes that of the folder." error={errorOf("name")}>
          <Input mono value={values.name} onChange={(event) => set("name", event.target.value)} />
        </Field>
        <Field label="Weights" hint="Needed where the folder has several graphs." error={errorOf("dtype")}>
          <Select
            value={values.dtype}
            onChange={(value) => set("dtype", value)}
            options={[
              { value: only, label: "the only graph there" },
              ...dtypes.map((dtype) => ({ value: dtype, label: dtype })),
            ]}
          />
        </Field>
        {failure && (
          <Note tone="danger" alert>
            Nothing was imported. {failure}
          </Note>
        )}
      </div>
    </Dialog>
  );
}
