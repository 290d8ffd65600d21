"use client";
import type { ComponentProps } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-class";
import { cx } from "./cx";
import { Icon, type IconName } from "./icon";
import { Tooltip } from "./tooltip";

interface IconButtonProps extends Omit<ComponentProps<"button">, "children"> {
  icon: IconName;
  /** Read to those who cannot see the icon and shown on hover. */
  label: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  disabledReason?: string;
}

/** A square button with an icon and a name. */
export function IconButton({
  icon,
  label,
  variant = "ghost",
  size = "md",
  disabledReason,
  disabled,
  className,
  onClick,
  type = "button",
  ...rest
}: IconButtonProps) {
  const off = Boolean(disabled || disabledReason);
  return (
    <Tooltip content={disabledReason ?? label}>
      <button
        {...rest}
        type={type}
        aria-label={label}
        aria-disabled={off || undefined}
        onClick={(event) => (off ? event.preventDefault() : onClick?.(event))}
        className={cx(
          buttonClass(variant, size, off),
          "px-0!",
          size === "sm" ? "w-6.5 pointer-coarse:size-10!" : "w-(--h-control)",
          className,
        )}
      >
        <Icon name={icon} size={size === "sm" ? 14 : 16} />
      </button>
    </Tooltip>
  );
}
