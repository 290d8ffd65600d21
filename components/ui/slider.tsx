"use client";
import { Slider as Radix } from "radix-ui";
import { cx } from "./cx";
import { useField } from "./field";

interface SliderProps {
  /** Absent: nothing is sent; the handle rests hollow at the left. */
  value: number | undefined;
  /** Called with undefined when it is cleared by Backspace or Delete. */
  onChange: (value: number | undefined) => void;
  min: number;
  max: number;
  step: number;
  /** Needed where no `Field` names it. */
  label?: string;
  disabled?: boolean;
}

/** A number in a range; blank until it is moved, blank again after Backspace. */
export function Slider({ value, onChange, min, max, step, label, disabled }: SliderProps) {
  const field = useField();
  const blank = value === undefined;
  return (
    <Radix.Root
      value={[value ?? min]}
      onValueChange={([next]) => onChange(next)}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      onKeyDown={(event) => {
        if (event.key !== "Backspace" && event.key !== "Delete") return;
        event.preventDefault();
        onChange(undefined);
      }}
      className="relative flex h-4 w-full touch-none items-center select-none pointer-coarse:h-11"
    >
      <Radix.Track className="relative h-0.5 w-full rounded-[1px] bg-line-strong">
        <Radix.Range className={cx("absolute h-full", blank ? "bg-transparent" : "bg-ink")} />
      </Radix.Track>
      <Radix.Thumb
        aria-label={label}
        aria-labelledby={label ? undefined : field?.labelId}
        aria-describedby={field?.describedBy}
        aria-valuetext={blank ? "not sent" : undefined}
        className={cx(
          "block h-3 w-2.5 rounded-[2px] ring-2 ring-surface",
          blank ? "border-[1.5px] border-line-control bg-surface" : "bg-ink",
        )}
      />
    </Radix.Root>
  );
}
