"use client";
import { Switch as Radix } from "radix-ui";
import { type ReactNode, useId } from "react";
import { cx } from "./cx";

interface SwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** The visible name. */
  children: ReactNode;
  disabled?: boolean;
  className?: string;
}

/** On or off, at once. Square like a tile; ink when on. */
export function Switch({ checked, onChange, children, disabled, className }: SwitchProps) {
  const id = useId();
  return (
    <span
      className={cx(
        "inline-flex items-center gap-2 text-small whitespace-nowrap pointer-coarse:min-h-11",
        checked ? "text-fg" : "text-fg-muted",
        className,
      )}
    >
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        className="group relative h-4 w-6.5 flex-none rounded-[4px] border border-line-control transition-state disabled:opacity-50 data-[state=checked]:border-ink data-[state=checked]:bg-ink"
      >
        <Radix.Thumb className="absolute top-0.5 left-0.5 block size-2.5 bg-fg-subtle data-[state=checked]:left-3 data-[state=checked]:bg-on-ink" />
      </Radix.Root>
      <label htmlFor={id} className="cursor-pointer">
        {children}
      </label>
    </span>
  );
}
