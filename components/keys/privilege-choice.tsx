"use client";
import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { type PrivilegeName, privilegeName } from "@/lib/auth";

interface PrivilegeChoiceProps {
  chosen: readonly PrivilegeName[];
  onChange: (chosen: readonly PrivilegeName[]) => void;
}

/** Ticks privileges, in the order of the list. */
export function PrivilegeChoice({ chosen, onChange }: PrivilegeChoiceProps) {
  const id = useId();
  const toggle = (name: PrivilegeName, on: boolean) =>
    onChange(privilegeName.options.filter((each) => (each === name ? on : chosen.includes(each))));
  return (
    <fieldset aria-labelledby={id} className="min-w-0">
      <div className="flex items-baseline gap-1.5 pb-1 text-small text-fg-muted">
        <span id={id}>Privileges</span>
        <span className="ml-auto text-micro text-fg-subtle">
          {chosen.length > 0 ? `${chosen.length} chosen` : "none chosen: any that the owner has"}
        </span>
      </div>
      <div className="grid max-h-52 grid-cols-2 gap-x-3 gap-y-1 overflow-y-auto rounded-2 border p-2.5 sm:grid-cols-3">
        {privilegeName.options.map((name) => (
          <Checkbox key={name} checked={chosen.includes(name)} onChange={(on) => toggle(name, on)}>
            <span className="font-mono text-small">{name}</span>
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}
