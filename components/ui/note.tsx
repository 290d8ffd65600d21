import type { ReactNode } from "react";
import { cx } from "./cx";
import { Icon, type IconName } from "./icon";

const tones = {
  plain: ["bg-sunken text-fg-muted in-data-dialog:bg-hover", "", "info"],
  ok: ["bg-ok-bg text-fg", "text-ok", "check"],
  warn: ["bg-warn-bg text-fg", "text-warn", "warning"],
  danger: ["bg-danger-bg text-fg", "text-danger", "warning"],
} as const satisfies Record<string, readonly [string, string, IconName]>;

interface NoteProps {
  tone?: keyof typeof tones;
  icon?: IconName;
  /** Read out when it appears. */
  alert?: boolean;
  className?: string;
  children: ReactNode;
}

/** A remark inside a panel: effect, condition, refusal. */
export function Note({ tone = "plain", icon, alert, className, children }: NoteProps) {
  const [ground, colour, usual] = tones[tone];
  return (
    <div
      role={alert ? "alert" : undefined}
      className={cx("flex gap-2.25 rounded-2 px-2.75 py-2.25 text-small", ground, className)}
    >
      <Icon name={icon ?? usual} className={cx("mt-px", colour)} />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
