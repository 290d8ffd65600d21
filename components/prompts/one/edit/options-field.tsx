"use client";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";

interface OptionsFieldProps {
  options: readonly string[];
  onChange: (options: string[]) => void;
}

const most = 50;
const linesOf = (text: string) => [...new Set(text.split("\n").map((line) => line.trim()))].filter(Boolean);

/** What may be chosen, one in a line; kept as it is typed, so that an empty line can be begun. */
export function OptionsField({ options, onChange }: OptionsFieldProps) {
  const [text, setText] = useState(options.join("\n"));
  const count = linesOf(text).length;
  const change = (next: string) => {
    setText(next);
    const lines = linesOf(next);
    if (lines.length > 0 && lines.length <= most) onChange(lines);
  };
  return (
    <Field
      label="Options"
      hint="One in a line."
      error={count === 0 ? "Write one option at least." : count > most ? `${most} at most.` : undefined}
      className="lg:col-span-3"
    >
      <Textarea mono value={text} onChange={({ target }) => change(target.value)} />
    </Field>
  );
}
