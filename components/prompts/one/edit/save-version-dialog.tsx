"use client";
import { z } from "zod";
import { FullName } from "@/components/catalog/full-name";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Note } from "@/components/ui/note";
import { Textarea } from "@/components/ui/textarea";
import { useForm } from "@/components/ui/use-form";
import { commitMessage, type PromptDetail } from "@/lib/prompts";
import type { Clash } from "./draft-dialog";
import type { DraftSession, DraftState } from "./draft-session";
import { useCommit } from "./use-commit";

interface SaveVersionDialogProps {
  prompt: PromptDetail;
  session: DraftSession;
  state: DraftState;
  onClose: () => void;
  onClash: (clash: Clash) => void;
  onSaved: (version: number) => void;
}

const form = z.object({ message: commitMessage });

/** The draft becomes the next version, with words on what it changes. */
export function SaveVersionDialog({
  prompt,
  session,
  state,
  onClose,
  onClash,
  onSaved,
}: SaveVersionDialogProps) {
  const { lastNumber, fullName } = prompt;
  const { baseNumber } = state;
  const commit = useCommit({ prompt, session, onClash, onSaved });
  const fields = useForm({
    schema: form,
    initial: { message: "" },
    send: ({ message }) => commit(message),
    onDone: () => undefined,
  });
  return (
    <FormDialog
      title={`Save as v${lastNumber + 1}`}
      subtitle={<FullName object={{ kind: "prompt", fullName }} />}
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
      {lastNumber > baseNumber && (
        <Note>
          The draft started from v{baseNumber}; v{lastNumber} was saved since. Both are merged. What both
          changed differently is shown first, and nothing is saved before you have chosen.
        </Note>
      )}
    </FormDialog>
  );
}
