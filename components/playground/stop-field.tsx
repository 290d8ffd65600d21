"use client";
import { Field } from "@/components/ui/field";
import { useParameter } from "./parameter-value";
import type { Session } from "./session";
import { StopChip } from "./stop-chip";
import { StopInput } from "./stop-input";

interface StopFieldProps {
  session: Session;
  segment: string;
}

/** The texts at which answers of all columns or of one end. */
export function StopField({ session, segment }: StopFieldProps) {
  const { value = [], set } = useParameter(session, segment, "stop");
  const remove = (entry: string) => {
    const rest = value.filter((other) => other !== entry);
    set(rest.length > 0 ? rest : undefined);
  };
  return (
    <div className="grid content-start gap-1.5">
      <Field label="Stop">
        <StopInput value={value} onChange={set} blank="none" />
      </Field>
      {value.map((entry) => (
        <StopChip key={entry} text={entry} onRemove={() => remove(entry)} />
      ))}
    </div>
  );
}
