"use client";
import type { ReactNode } from "react";
import { z } from "zod";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Textarea } from "@/components/ui/textarea";
import { useForm } from "@/components/ui/use-form";
import { commitMessage } from "@/lib/prompts";

interface VersionFormProps {
  title: string;
  subtitle: ReactNode;
  /** Saves, and closes or goes on by itself. */
  save: (message: string) => Promise<void>;
  onClose: () => void;
  /** What is to be known about the version, under its message. */
  children: ReactNode;
}

const form = z.object({ message: commitMessage });

/** Asks for the words with which a version is saved. */
export function VersionForm({ title, subtitle, save, onClose, children }: VersionFormProps) {
  const fields = useForm({
    schema: form,
    initial: { message: "" },
    send: ({ message }) => save(message),
    onDone: () => undefined,
  });
  return (
    <FormDialog
      title={title}
      subtitle={subtitle}
      form={fields}
      verb="Save version"
      consequence="No alias moves by itself. A version never changes."
      onClose={onClose}
    >
      <Field
        label="What this version changes"
        hint="Stands in the history."
        error={fields.errorOf("message")}
      >
        <Textarea
          value={fields.values.message}
          maxLength={500}
          placeholder="Forbid promising dates"
          onChange={({ target }) => fields.set("message", target.value)}
        />
      </Field>
      {children}
    </FormDialog>
  );
}
