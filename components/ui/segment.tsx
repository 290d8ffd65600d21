"use client";
import { useId } from "react";
import { cx } from "./cx";
import { Icon, type IconName } from "./icon";

interface SegmentOption<V extends string> {
  value: V;
  label: string;
  icon?: IconName;
}

interface SegmentProps<V extends string> {
  value: V;
  onChange: (value: V) => void;
  options: readonly SegmentOption<V>[];
  /** What is being chosen. */
  label: string;
  /** Fills its row, parts of equal width. */
  stretch?: boolean;
  className?: string;
}

/** One of two to five views or modes, all in sight. */
export function Segment<V extends string>({
  value,
  onChange,
  options,
  label,
  stretch,
  className,
}: SegmentProps<V>) {
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={cx(
        "h-(--h-control) flex-none rounded-2 border border-line-strong bg-sunken p-px",
        stretch ? "flex w-full" : "inline-flex",
        className,
      )}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={cx(
            "relative flex cursor-pointer items-center justify-center gap-1.5 rounded-[4px] px-2.25 text-small text-fg-muted transition-state hover:text-fg",
            "has-checked:bg-raised has-checked:font-strong has-checked:text-fg has-checked:ring has-checked:ring-line-strong",
            "has-focus-visible:outline-2 has-focus-visible:outline-accent",
            stretch && "flex-1",
          )}
        >
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none opacity-0"
          />
          {option.icon && <Icon name={option.icon} size={14} />}
          {option.label}
        </label>
      ))}
    </div>
  );
}
