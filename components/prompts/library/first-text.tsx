"use client";
import type { z } from "zod";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { Form } from "@/components/ui/use-form";
import type { createForm } from "./create-form";

type FirstTextProps = Pick<Form<z.input<typeof createForm>>, "values" | "set" | "errorOf">;

const hint = "Write {{name}} where a value goes in.";

/** The text of version 1, or its first messages. */
export function FirstText({ values, set, errorOf }: FirstTextProps) {
  const area = (name: "text" | "system" | "user") => (
    <Textarea
      mono
      value={values[name]}
      onChange={(event) => set(name, event.target.value)}
      className={name === "text" ? "max-h-80 min-h-30" : "max-h-60"}
    />
  );
  if (values.type === "text") {
    return (
      <Field label="Text" hint={hint} error={errorOf("text")}>
        {area("text")}
      </Field>
    );
  }
  return (
    <>
      <Field label="System" error={errorOf("system")}>
        {area("system")}
      </Field>
      <Field label="User" hint={`${hint} More messages are added in the editor.`} error={errorOf("user")}>
        {area("user")}
      </Field>
    </>
  );
}
