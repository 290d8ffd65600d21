"use client";
import type { ComponentProps } from "react";
import { controlClass } from "./control-class";
import { cx } from "./cx";
import { useField } from "./field";

interface InputProps extends ComponentProps<"input"> {
  /** Identifiers, values, code. */
  mono?: boolean;
}

/** One line of text; takes its label and its error from the `Field` around it. */
export function Input({ mono, className, ...rest }: InputProps) {
  const field = useField();
  return (
    <input
      id={field?.id}
      aria-describedby={field?.describedBy}
      aria-invalid={field?.invalid || undefined}
      autoComplete="off"
      {...rest}
      className={cx(
        controlClass(field?.invalid ?? false),
        "h-(--h-control) px-2.25",
        mono && "font-mono text-small",
        className,
      )}
    />
  );
}
