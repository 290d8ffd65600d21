"use client";
import type { CSSProperties } from "react";
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
  const shown = Math.min(max, Math.max(min, value ?? min));
  return (
    <input
      id={field?.id}
      type="range"
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      value={shown}
      onChange={(event) => onChange(event.target.valueAsNumber)}
      onKeyDown={(event) => {
        if (event.key !== "Backspace" && event.key !== "Delete") return;
        event.preventDefault();
        onChange(undefined);
      }}
      aria-label={label}
      aria-labelledby={label ? undefined : field?.labelId}
      aria-describedby={field?.describedBy}
      aria-valuetext={blank ? "not sent" : undefined}
      className={cx("slider", blank && "slider-blank")}
      style={{ "--at": (shown - min) / (max - min) } as CSSProperties}
    />
  );
}
