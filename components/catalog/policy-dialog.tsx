"use client";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { Segment } from "@/components/ui/segment";
import { Textarea } from "@/components/ui/textarea";
import { useForm } from "@/components/ui/use-form";
import type { AttributePolicy, CatalogObject } from "@/lib/catalog";
import { createPolicy, updatePolicy } from "@/lib/catalog/client";
import { FunctionField } from "./function-field";
import { formOf, policyForm } from "./policy-form";
import { PrincipalsField } from "./principals-field";
import { useChanged } from "./use-changed";

interface PolicyDialogProps {
  object: CatalogObject;
  /** The one that is changed; a new one when absent. */
  policy?: AttributePolicy | undefined;
  onClose: () => void;
}

const types = [
  { value: "column_mask", label: "Column mask" },
  { value: "row_filter", label: "Row filter" },
] as const;

/** Sets a policy on an object, or changes one. */
export function PolicyDialog({ object, policy, onClose }: PolicyDialogProps) {
  const changed = useChanged(onClose);
  const fields = useForm({
    schema: policyForm,
    initial: formOf(policy),
    send: (body) =>
      policy
        ? updatePolicy(policy.id, { ...body, revision: policy.revision })
        : createPolicy(object.id, body),
    onDone: ({ name }) => changed(policy ? `${name} is changed.` : `${name} holds from the next read on.`),
  });
  const { values, set, errorOf } = fields;
  const isMask = values.type === "column_mask";
  return (
    <FormDialog
      title={policy ? `Change ${policy.name}` : `New policy on ${object.name}`}
      subtitle={object.fullName}
      form={fields}
      verb={policy ? "Save policy" : "Set policy"}
      consequence={
        object.kind === "table"
          ? "Holds on this table, its owner too."
          : "Holds on every table in it, owners too."
      }
      onClose={onClose}
    >
      <Field label="Name" error={errorOf("name")}>
        <Input mono value={values.name} onChange={(event) => set("name", event.target.value)} />
      </Field>
      <Segment
        stretch
        label="What it does"
        value={values.type}
        onChange={(type) => set("type", type)}
        options={types}
      />
      <Field
        label="Function"
        hint={
          isMask
            ? "Gets the column’s value and gives what is read instead."
            : "Gives TRUE for rows that are read, FALSE for those that are not."
        }
        error={errorOf("function")}
      >
        <FunctionField value={values.function} onChange={(next) => set("function", next)} />
      </Field>
      <Field label="For" error={errorOf("to")} hint="all_users is everybody.">
        <PrincipalsField value={values.to} onChange={(next) => set("to", next)} />
      </Field>
      <Field label="Except" error={errorOf("except")}>
        <PrincipalsField value={values.except} onChange={(next) => set("except", next)} />
      </Field>
      <Field
        label="Columns by their tags"
        hint="One in a line, name: condition, such as secret: hasTagValue('pii', 'email')."
        error={errorOf("match")}
      >
        <Textarea
          mono
          value={values.match}
          placeholder="secret: hasTag('pii')"
          onChange={(event) => set("match", event.target.value)}
        />
      </Field>
      {isMask && (
        <Field label="Masked column" hint="A name from above." error={errorOf("onColumn")}>
          <Input
            mono
            value={values.onColumn}
            placeholder="secret"
            onChange={(event) => set("onColumn", event.target.value)}
          />
        </Field>
      )}
      <Field
        label={isMask ? "Further arguments" : "Arguments"}
        hint="Names from above, and texts in single quotes, with commas."
        error={errorOf("using")}
      >
        <Input
          mono
          value={values.using}
          placeholder={isMask ? "'***'" : "region, 'EU'"}
          onChange={(event) => set("using", event.target.value)}
        />
      </Field>
      <Field
        label="Only on tables where"
        hint="A condition on the table’s tags and those it inherits. Empty: on every table."
        error={errorOf("when")}
      >
        <Input
          mono
          value={values.when}
          placeholder="hasTag('sensitive')"
          onChange={(event) => set("when", event.target.value)}
        />
      </Field>
      <Field label="Comment" error={errorOf("comment")}>
        <Textarea value={values.comment} onChange={(event) => set("comment", event.target.value)} />
      </Field>
    </FormDialog>
  );
}
