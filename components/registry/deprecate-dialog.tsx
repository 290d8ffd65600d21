"use client";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { useForm } from "@/components/ui/use-form";
import { useSend } from "@/components/ui/use-send";
import type { ModelVersion, RegisteredModel } from "@/lib/registry";
import { updateModel, updateVersion } from "@/lib/registry/client";
import { useChanged } from "./use-changed";

interface DeprecateDialogProps {
  model: RegisteredModel;
  /** Absent: the model as a whole. */
  version?: ModelVersion;
  onClose: () => void;
}

const form = z.object({
  from: z.iso.date("Enter a day as year-month-day."),
  why: z.string().trim().min(1, "Say why, and what to use instead.").max(2000, "2,000 characters at most."),
});

/** A moment's day here, as year-month-day. */
function dayOf(at: Date): string {
  const [month, day] = [at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, "0"));
  return `${String(at.getFullYear()).padStart(4, "0")}-${month}-${day}`;
}

const today = () => dayOf(new Date());

/** The beginning of a day here; what is to hold today holds at once. */
const startOf = (day: string) => (day === today() ? new Date() : new Date(`${day}T00:00:00`)).toISOString();

/** Why something is not to be used any more, and from when on. */
export function DeprecateDialog({ model, version, onClose }: DeprecateDialogProps) {
  const changed = useChanged(onClose);
  const present = version ? version.deprecation : model.deprecation;
  const since = version?.deprecation?.from;
  const shown = since === undefined ? today() : dayOf(new Date(since));
  const what = version ? `v${version.number}` : model.name;
  const save = (deprecation: { from: string; why: string } | null) =>
    version
      ? updateVersion(model.id, version.number, { deprecation })
      : updateModel(model.id, {
          revision: model.revision,
          deprecation: deprecation === null ? null : deprecation.why,
        });
  const fields = useForm({
    schema: form,
    initial: { from: shown, why: present?.why ?? "" },
    send: ({ from, why }) =>
      save({ from: since !== undefined && from === shown ? since : startOf(from), why }),
    onDone: () => changed(`${what} is deprecated.`),
  });
  const undo = useSend(
    () => save(null),
    () => changed(`${what} is not deprecated any more.`),
  );
  const { values, set, errorOf } = fields;
  return (
    <FormDialog
      title={`Deprecate ${what}`}
      subtitle={version ? model.name : undefined}
      form={{ ...fields, failure: fields.failure ?? undo.error?.message }}
      verb="Deprecate"
      consequence={
        version
          ? `From that day on calls of ${[...version.aliases, version.number].map((one) => `${model.name}@${one}`).join(", ")} are refused. Calls of ${version.servedAs} go on.`
          : "Calls go on; everybody who chooses it is told."
      }
      onClose={onClose}
    >
      {version && (
        <Field label="From" error={errorOf("from")}>
          <Input type="date" value={values.from} onChange={(event) => set("from", event.target.value)} />
        </Field>
      )}
      <Field label="Why" hint="And what to use instead." error={errorOf("why")}>
        <Textarea autoFocus value={values.why} onChange={(event) => set("why", event.target.value)} />
      </Field>
      {present && (
        <div>
          <Button size="sm" busy={undo.busy} onClick={() => undo.send(undefined)}>
            Take the deprecation back
          </Button>
        </div>
      )}
    </FormDialog>
  );
}
