"use client";
import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-class";
import { cx } from "./cx";
import { Icon, type IconName } from "./icon";
import { Kbd } from "./kbd";
import { Tile } from "./tile";
import { Tooltip } from "./tooltip";

export interface ButtonProps extends ComponentProps<"button"> {
  /** One primary per view. "danger-solid" only inside a confirm dialog. */
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: IconName;
  iconAfter?: IconName;
  /** Shows the live tile; the button keeps its place and does nothing meanwhile. */
  busy?: boolean;
  /** The key that does the same, in Apple's signs: "⌘↵". */
  kbd?: string;
  /** Why it cannot be pressed now. It stays focusable, so that the reason can be read. */
  disabledReason?: ReactNode;
}

/** A verb with its object. A disabled one says what is missing. */
export function Button({
  variant = "default",
  size = "md",
  icon,
  iconAfter,
  busy,
  kbd,
  disabledReason,
  disabled,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  const off = Boolean(disabled || disabledReason);
  const small = size === "sm" ? 14 : 16;
  const tint =
    variant === "primary" || variant === "danger" || variant === "danger-solid" || off ? "" : "text-fg-muted";
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (off || busy) event.preventDefault();
    else onClick?.(event);
  };
  const button = (
    <button
      {...rest}
      type={type}
      aria-disabled={off || busy || undefined}
      aria-busy={busy || undefined}
      onClick={press}
      className={cx(buttonClass(variant, size, off), className)}
    >
      {busy ? <Tile status="live" /> : icon && <Icon name={icon} size={small} className={tint} />}
      {children}
      {iconAfter && <Icon name={iconAfter} size={14} className={tint} />}
      {kbd && <Kbd keys={kbd} inverse={variant === "primary" && !off} className="-mr-1.25 ml-0.5" />}
    </button>
  );
  return disabledReason ? <Tooltip content={disabledReason}>{button}</Tooltip> : button;
}
