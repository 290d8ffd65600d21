"use client";
import { cx } from "./cx";
import { keyLabel, useAppleKeys } from "./use-platform";

interface KbdProps {
  /** In Apple's signs, such as ⌘K or ⌘↵; other keyboards see Ctrl. */
  keys: string;
  /** On an ink ground. */
  inverse?: boolean;
  className?: string;
}

/** A key that acts here. Hidden where there is no keyboard to press it on. */
export function Kbd({ keys, inverse, className }: KbdProps) {
  const apple = useAppleKeys();
  return (
    <span
      aria-hidden="true"
      className={cx(
        "inline-flex h-4.5 min-w-4.5 flex-none items-center justify-center rounded-1 border border-b-2 px-1 font-sans text-micro leading-4 font-regular whitespace-nowrap pointer-coarse:hidden",
        inverse ? "border-current/40 text-current" : "border-line-strong bg-surface text-fg-muted",
        className,
      )}
    >
      {keyLabel(keys, apple)}
    </span>
  );
}
