import type { ReactNode } from "react";
import { cx } from "./cx";
import { Icon, type IconName } from "./icon";
import { Tile, type TileStatus } from "./tile";

export type BadgeTone =
  | "plain"
  | "ok"
  | "warn"
  | "danger"
  | "live"
  | "accent"
  | "browser"
  | "server"
  | "remote";

const tones: Record<BadgeTone, string> = {
  plain: "bg-sunken text-fg-muted inset-ring-line in-data-dialog:bg-hover",
  ok: "bg-ok-bg text-ok inset-ring-ok-line",
  warn: "bg-warn-bg text-warn inset-ring-warn-line",
  danger: "bg-danger-bg text-danger inset-ring-danger-line",
  live: "bg-live-bg text-live inset-ring-live-line",
  accent: "bg-accent-bg text-accent inset-ring-accent-line",
  browser: "bg-browser-bg text-browser inset-ring-browser-line",
  server: "bg-server-bg text-server inset-ring-server-line",
  remote: "bg-remote-bg text-remote inset-ring-remote-line",
};

const statusOf: Partial<Record<BadgeTone, TileStatus>> = {
  ok: "ready",
  warn: "attention",
  danger: "failed",
  live: "live",
};

interface BadgeProps {
  tone?: BadgeTone;
  icon?: IconName;
  /** The tile in front; by default the one that belongs to the tone. */
  tile?: TileStatus;
  /** Privileges and identifiers. */
  mono?: boolean;
  title?: string;
  className?: string;
  children: ReactNode;
}

/** A state, 20 px. What one can act on is a `Chip`. */
export function Badge({ tone = "plain", icon, tile, mono, title, className, children }: BadgeProps) {
  const mark = tile ?? (icon ? undefined : statusOf[tone]);
  return (
    <span
      title={title}
      className={cx(
        "inline-flex h-5 flex-none items-center gap-1.25 rounded-1 px-1.5 text-micro leading-none whitespace-nowrap inset-ring",
        tones[tone],
        mono && "font-mono tracking-[-.01em]",
        className,
      )}
    >
      {icon && <Icon name={icon} size={12} />}
      {mark && <Tile status={mark} size={7} inherit={tone !== "plain"} />}
      {children}
    </span>
  );
}
