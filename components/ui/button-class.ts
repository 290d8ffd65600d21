import { cx } from "./cx";

export type ButtonVariant = "primary" | "default" | "ghost" | "danger" | "danger-solid";
export type ButtonSize = "sm" | "md";

const base =
  "inline-flex flex-none items-center justify-center gap-1.5 rounded-2 border whitespace-nowrap select-none transition-state";

const sizes: Record<ButtonSize, string> = {
  sm: "h-6.5 px-2 text-small pointer-coarse:h-9",
  md: "h-(--h-control) px-2.75",
};

const variants: Record<ButtonVariant, string> = {
  primary: "border-ink bg-ink font-strong text-on-ink hover:border-ink-hover hover:bg-ink-hover",
  default:
    "border-line-strong bg-surface text-fg shadow-lift-1 hover:over-hover active:over-press data-[state=open]:over-press",
  ghost:
    "border-transparent text-fg-muted hover:bg-hover hover:text-fg active:bg-press data-[state=open]:bg-press",
  danger: "border-danger-line bg-surface text-danger shadow-lift-1 hover:bg-danger-bg active:over-press",
  "danger-solid": "border-danger bg-danger font-strong text-canvas hover:opacity-90",
};

const off = "border-line bg-sunken text-fg-subtle";

/** The look of a button, for the elements that act as one: button, link, menu trigger. */
export function buttonClass(
  variant: ButtonVariant = "default",
  size: ButtonSize = "md",
  disabled = false,
): string {
  return cx(base, sizes[size], disabled ? off : variants[variant], disabled && "cursor-default!");
}
