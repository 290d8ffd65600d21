"use client";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { Icon, type IconName } from "./icon";

interface ChipProps {
  icon?: IconName;
  plain?: boolean;
  children: ReactNode;
  onClick?: () => void;
  onRemove?: () => void;
  /** What removing it removes, for the button's name. */
  removeLabel?: string;
}

/** Something one can act on, 22 px: open it, or take it away. */
export function Chip({ icon, plain, children, onClick, onRemove, removeLabel = "Remove" }: ChipProps) {
  const look = cx(
    "inline-flex h-5.5 items-center gap-1.25 rounded-1 px-1.5 text-small whitespace-nowrap inset-ring pointer-coarse:h-9",
    plain ? "text-fg-muted inset-ring-line-strong" : "bg-accent-bg text-accent-strong inset-ring-accent-line",
  );
  const content = (
    <>
      {icon && <Icon name={icon} size={12} />}
      {children}
    </>
  );
  if (onClick) {
    return (
      <button type="button" onClick={onClick} className={cx(look, "hover:over-hover")}>
        {content}
      </button>
    );
  }
  return (
    <span className={look}>
      {content}
      {onRemove && (
        <button
          type="button"
          aria-label={removeLabel}
          onClick={onRemove}
          className="-mr-1 grid size-4.5 place-items-center rounded-1 hover:bg-press"
        >
          <Icon name="close" size={12} />
        </button>
      )}
    </span>
  );
}
