"use client";
import type { ComponentProps } from "react";
import { controlClass } from "./control-class";
import { cx } from "./cx";
import { useField } from "./field";

interface TextareaProps extends ComponentProps<"textarea"> {
  mono?: boolean;
  /** No boundary of its own, for text that lies directly on a panel. */
  bare?: boolean;
}

/** A field that grows with a longer text would be measured anew at every key. */
const mostGrown = 20_000;

/** Text of several lines; grows with its content where the browser can, up to a length. */
export function Textarea({ mono, bare, className, ...rest }: TextareaProps) {
  const field = useField();
  const long = typeof rest.value === "string" && rest.value.length > mostGrown;
  return (
    <textarea
      id={field?.id}
      aria-describedby={field?.describedBy}
      aria-invalid={field?.invalid || undefined}
      {...rest}
      className={cx(
        bare
          ? "w-full resize-none bg-transparent focus-visible:outline-offset-2"
          : controlClass(field?.invalid ?? false),
        !bare && "min-h-15 px-2.25 py-1.5",
        "block",
        !long && "field-sizing-content",
        mono && "font-mono text-small",
        className,
        long && "min-h-34! overflow-y-auto!",
      )}
    />
  );
}
