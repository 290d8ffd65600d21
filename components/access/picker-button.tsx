import type { ComponentProps, ReactNode } from "react";
import { controlClass } from "@/components/ui/control-class";
import { cx } from "@/components/ui/cx";
import { Icon } from "@/components/ui/icon";

interface PickerButtonProps extends ComponentProps<"button"> {
  /** What is chosen with it, for who does not see where it stands. */
  label: string;
  children: ReactNode;
}

/** A part of a sentence that opens a list to choose another. */
export function PickerButton({ label, className, children, ...rest }: PickerButtonProps) {
  return (
    <button
      {...rest}
      type="button"
      className={cx(
        controlClass(false),
        "flex h-(--h-control) w-auto! max-w-full min-w-0 items-center gap-2 px-2.25 text-left",
        className,
      )}
    >
      {children}
      <Icon name="chevron-down" size={14} className="ml-auto text-fg-subtle" />
      <span className="sr-only">, choose {label}</span>
    </button>
  );
}
