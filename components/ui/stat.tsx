import type { ReactNode } from "react";
import { cx } from "./cx";

interface StatProps {
  label: ReactNode;
  /** A figure, or "not measured". */
  value: ReactNode;
  unit?: ReactNode;
  /** "+6.1 %", with its judgement. */
  change?: ReactNode;
  tone?: "ok" | "danger" | "plain";
  /** 24 for the one figure of a panel, 14 in a strip of read-outs. */
  size?: "figure" | "read";
  live?: boolean;
}

const tones = { ok: "text-ok", danger: "text-danger", plain: "text-fg-muted" };

/** One figure with its unit. */
export function Stat({ label, value, unit, change, tone = "plain", size = "figure", live }: StatProps) {
  return (
    <div className="min-w-0">
      <div className="text-micro whitespace-nowrap text-fg-subtle">{label}</div>
      <div
        className={cx(
          "font-strong whitespace-nowrap",
          size === "figure" ? "text-figure tracking-[-.02em]" : "text-read leading-5 tracking-[-.01em]",
          live && "text-live",
        )}
      >
        {value}
        {unit && (
          <span
            className={cx(
              "ml-0.5 font-regular tracking-normal text-fg-subtle",
              size === "figure" ? "text-small" : "text-micro",
            )}
          >
            {unit}
          </span>
        )}
      </div>
      {change && <div className={cx("text-small", tones[tone])}>{change}</div>}
    </div>
  );
}
