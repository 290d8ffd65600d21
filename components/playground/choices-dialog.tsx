"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";

interface ChoicesDialogProps {
  name: string;
  options: readonly string[];
  onDone: (options: string[]) => void;
  onClose: () => void;
}

/** The values that a variable may take, one a line. */
export function ChoicesDialog({ name, options, onDone, onClose }: ChoicesDialogProps) {
  const [text, setText] = useState(options.join("\n"));
  const lines = [...new Set(text.split("\n").map((line) => line.trim()))].filter((line) => line !== "");
  const problem =
    lines.length > 50
      ? `${lines.length} values; 50 at most`
      : lines.some((line) => line.length > 200)
        ? "A value has 200 characters at most"
        : undefined;
  const done = () => {
    if (lines.length > 0 && !problem) onDone(lines);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Values of ${name}`}
      onSubmit={done}
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            disabledReason={lines.length === 0 ? "Needs a value" : problem}
          >
            Use {lines.length === 1 ? "1 value" : `${lines.length} values`}
          </Button>
        </>
      }
    >
      <Field label="One a line" error={problem}>
        <Textarea className="min-h-28!" value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
    </Dialog>
  );
}
