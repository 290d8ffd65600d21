"use client";
import { Field } from "@/components/ui/field";
import { Note } from "@/components/ui/note";
import { Textarea } from "@/components/ui/textarea";

interface DecisionCommentProps {
  value: string;
  onChange: (value: string) => void;
  /** Why the decision could not be made. */
  error: Error | null;
}

/** A word to whoever asked, at the end of a dialog that decides. */
export function DecisionComment({ value, onChange, error }: DecisionCommentProps) {
  return (
    <>
      <Field label="Comment">
        <Textarea value={value} placeholder="Optional" onChange={(event) => onChange(event.target.value)} />
      </Field>
      {error && (
        <Note tone="danger" alert>
          Not decided. {error.message}
        </Note>
      )}
    </>
  );
}
