import { cx } from "./cx";

/** The boundary every field shares: 3:1 line, ring without gap, red when what it holds cannot be taken. */
export function controlClass(invalid: boolean): string {
  return cx(
    "w-full rounded-2 border bg-surface text-fg transition-state in-data-dialog:bg-raised",
    "focus-visible:outline-offset-0 focus-within:has-focus-visible:outline-offset-0",
    "disabled:border-line-strong disabled:bg-sunken disabled:text-fg-subtle",
    invalid ? "border-danger-solid inset-ring inset-ring-danger-solid" : "border-line-control",
  );
}
