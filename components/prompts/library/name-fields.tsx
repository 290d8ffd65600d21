"use client";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Form } from "@/components/ui/use-form";
import { SchemaPicker } from "./schema-picker";

type NameFieldsProps = Pick<Form<{ name: string; schema: string }>, "values" | "set" | "errorOf">;

/** What a new prompt is called, and where it goes. */
export function NameFields({ values, set, errorOf }: NameFieldsProps) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label="Name" error={errorOf("name")}>
        <Input
          mono
          value={values.name}
          placeholder="ticket_summary"
          onChange={(event) => set("name", event.target.value)}
        />
      </Field>
      <Field label="Schema" error={errorOf("schema")}>
        <SchemaPicker value={values.schema} onChange={(schema) => set("schema", schema)} />
      </Field>
    </div>
  );
}
