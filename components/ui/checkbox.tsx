"use client";
import { Checkbox as Radix } from "radix-ui";
import { type ReactNode, useId } from "react";
import { cx } from "./cx";
import { Icon } from "./icon";

interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
  /** A second line. */
  detail?: ReactNode;
  /** Ticked by something else: muted, cannot be changed here; `detail` names the source. */
  inherited?: boolean;
  disabled?: boolean;
}

/** One of several things that may be taken together. */
export function Checkbox({ checked, onChange, children, detail, inherited, disabled }: CheckboxProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2 pointer-coarse:min-h-11 pointer-coarse:items-center">
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={(next) => onChange(next === true)}
        disabled={disabled || inherited}
        className={cx(
          "mt-0.5 grid size-3.75 flex-none place-items-center rounded-1 border border-line-control bg-surface text-on-ink transition-state",
          "data-[state=checked]:border-ink data-[state=checked]:bg-ink",
          inherited && "opacity-55",
        )}
      >
        <Radix.Indicator>
          <Icon name="check" size={12} className="stroke-[2.4]" />
        </Radix.Indicator>
      </Radix.Root>
      <label htmlFor={id} className="min-w-0">
        {children}
        {detail && <span className="block text-small text-fg-muted">{detail}</span>}
      </label>
    </div>
  );
}
