"use client";
import { Field } from "@/components/ui/field";
import type { PromptVariable } from "@/lib/prompts";
import { ValueField } from "./value-field";

interface PreviewValuesProps {
  variables: readonly PromptVariable[];
  typed: Readonly<Record<string, string>>;
  onChange: (name: string, value: string) => void;
}

/** Values to try a prompt with; a blank one takes the default. */
export function PreviewValues({ variables, typed, onChange }: PreviewValuesProps) {
  if (variables.length === 0) return null;
  return (
    <div className="grid gap-2">
      {variables.map(({ name, type, default: usual, description }) => (
        <Field key={name} label={<span className="font-mono">{name}</span>} hint={description}>
          <ValueField
            type={type}
            value={typed[name] ?? ""}
            placeholder={usual === undefined ? "no value" : usual === "" ? "empty by default" : usual}
            onChange={(value) => onChange(name, value)}
          />
        </Field>
      ))}
    </div>
  );
}
