"use client";
import { ToggleGroup } from "radix-ui";
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
  return (
    <ToggleGroup.Root
      type="single"
      role="radiogroup"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
      className={cx(
        "h-(--h-control) flex-none rounded-2 border border-line-strong bg-sunken p-px",
        stretch ? "flex w-full" : "inline-flex",
        className,
      )}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className={cx(
            "flex items-center justify-center gap-1.5 rounded-[4px] px-2.25 text-small text-fg-muted transition-state hover:text-fg focus-visible:outline-offset-0",
            "data-[state=on]:bg-raised data-[state=on]:font-strong data-[state=on]:text-fg data-[state=on]:ring data-[state=on]:ring-line-strong",
            stretch && "flex-1",
          )}
        >
          {option.icon && <Icon name={option.icon} size={14} />}
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
