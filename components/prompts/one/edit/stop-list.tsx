"use client";
import { StopChip } from "@/components/playground/stop-chip";
import { StopInput } from "@/components/playground/stop-input";
import { Field } from "@/components/ui/field";

interface StopListProps {
  value: readonly string[];
  onChange: (value: string[]) => void;
}

/** The texts at which answers to a prompt end. */
export function StopList({ value, onChange }: StopListProps) {
  return (
    <div className="grid gap-1.5">
      <Field label="Stop" hint="The answer ends before any of these. \n is a line's end; Enter adds one.">
        <StopInput value={value} onChange={onChange} blank="not sent" />
      </Field>
      {value.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {value.map((entry) => (
            <li key={entry} className="flex min-w-0">
              <StopChip text={entry} onRemove={() => onChange(value.filter((other) => other !== entry))} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
