"use client";
import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Note } from "@/components/ui/note";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { useForm } from "@/components/ui/use-form";
import { usersQuery } from "@/lib/auth/client";
import type { Approval, RegisteredModel } from "@/lib/registry";
import { updateModel } from "@/lib/registry/client";
import { formatTags, tagText } from "./tag-text";
import { useChanged } from "./use-changed";
import type { Viewer } from "./viewer";

interface EditDialogProps {
  model: RegisteredModel;
  me: Viewer;
  onClose: () => void;
}

const isDecided = ({ state }: Approval) => state === "approved" || state === "rejected";

/** A select has no empty values. */
const nobody = "nobody";

const form = z.object({
  description: z.string().max(4000, "4,000 characters at most."),
  tags: tagText,
  ownerId: z.string(),
  approvalRequired: z.boolean(),
});

/** What is said of a model, whose it is, and what its aliases may point to. */
export function EditDialog({ model, me, onClose }: EditDialogProps) {
  const changed = useChanged(onClose);
  // Only administrators see who there is.
  const users = useQuery({ ...usersQuery(), enabled: me.admin });
  const owner = model.owner?.id ?? nobody;
  const fields = useForm({
    schema: form,
    initial: {
      description: model.description,
      tags: formatTags(model.tags),
      ownerId: owner,
      approvalRequired: model.approvalRequired,
    },
    send: ({ ownerId, ...values }) =>
      updateModel(model.id, {
        ...values,
        revision: model.revision,
        ...(me.admin && ownerId !== owner ? { ownerId: ownerId === nobody ? null : ownerId } : {}),
      }),
    onDone: ({ name }) => changed(`${name} is changed.`),
  });
  const { values, set, errorOf } = fields;
  const people = (users.data ?? []).filter(({ state, id }) => state === "active" || id === model.owner?.id);
  const group = users.data && !people.some(({ id }) => id === owner) ? model.owner : null;
  const unapproved = model.aliases.filter(({ version }) => {
    const target = model.versions.find(({ number }) => number === version);
    return target?.approvals.find(isDecided)?.state !== "approved";
  });
  return (
    <FormDialog
      title={`Edit ${model.name}`}
      form={fields}
      verb="Save"
      consequence="Versions stay as they are."
      onClose={onClose}
    >
      <Field label="Description" error={errorOf("description")}>
        <Textarea
          autoFocus
          value={values.description}
          onChange={(event) => set("description", event.target.value)}
        />
      </Field>
      <Field label="Tags" hint="One in a line: key: value." error={errorOf("tags")}>
        <Textarea
          mono
          value={values.tags}
          placeholder="team: support"
          onChange={(event) => set("tags", event.target.value)}
        />
      </Field>
      {me.admin && (
        <Field
          label="Owner"
          hint="May change the model, its versions and aliases."
          error={errorOf("ownerId")}
        >
          <Select
            value={values.ownerId}
            onChange={(ownerId) => set("ownerId", ownerId)}
            options={[
              { value: nobody, label: "nobody" },
              ...(group ? [{ value: group.id, label: group.name, detail: "group" }] : []),
              ...people.map(({ id, name, email }) => ({ value: id, label: name, detail: email })),
            ]}
          />
        </Field>
      )}
      <Switch checked={values.approvalRequired} onChange={(on) => set("approvalRequired", on)}>
        Aliases point to approved versions only
      </Switch>
      {values.approvalRequired && !model.approvalRequired && unapproved.length > 0 && (
        <Note tone="warn">
          Calls of {unapproved.map(({ alias }) => `${model.name}@${alias}`).join(", ")} are refused until what{" "}
          {unapproved.length === 1 ? "it points" : "they point"} to is approved.
        </Note>
      )}
    </FormDialog>
  );
}
