"use client";
import { Checkbox } from "@/components/ui/checkbox";
import { type Privilege, privilegeHelp } from "@/lib/access";

interface PrivilegeChoiceProps {
  possible: readonly Privilege[];
  chosen: ReadonlySet<Privilege>;
  onChange: (chosen: ReadonlySet<Privilege>) => void;
  /** What everyone chosen has already, with where it comes from: "main". */
  held: ReadonlyMap<Privilege, string>;
}

const groups = ["Read", "Write", "Administer"] as const;

/** Privileges by what they are for; those held already are ticked and cannot be given again. */
export function PrivilegeChoice({ possible, chosen, onChange, held }: PrivilegeChoiceProps) {
  const change = (privilege: Privilege, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(privilege);
    else next.delete(privilege);
    onChange(next);
  };
  const shown = [...new Set([...possible, ...held.keys()])];
  return (
    <div className="grid gap-3.5 rounded-2 border bg-surface px-3.5 py-3 sm:grid-cols-3">
      {groups.map((group) => {
        const own = shown.filter((privilege) => privilegeHelp[privilege].group === group);
        return (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset lays its legend out by rules of its own.
          <div key={group} role="group" aria-label={group} className="grid content-start gap-2.5">
            <span aria-hidden="true" className="text-small text-fg-muted">
              {group}
            </span>
            {own.length === 0 && <span className="text-small text-fg-subtle">nothing here</span>}
            {own.map((privilege) => {
              const source = held.get(privilege);
              return (
                <Checkbox
                  key={privilege}
                  checked={source !== undefined || chosen.has(privilege)}
                  inherited={source !== undefined}
                  onChange={(on) => change(privilege, on)}
                  detail={source === undefined ? privilegeHelp[privilege].text : `has it from ${source}`}
                >
                  <span className="font-mono text-small">{privilege}</span>
                </Checkbox>
              );
            })}
          </div>
        );
      })}
    </div>
  );
}
